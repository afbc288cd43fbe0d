using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.Protocol;
using Grid.Protocol.Offers;

namespace Grid.CommandLine.Providers.Offers;

/// <summary>A node's data folder, through which its owner tells it what to list.</summary>
internal sealed class NodeFolder(string folder)
{
    private const string StatusName = "status.json";
    private const string ChoicesName = "offer.json";

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The data folder of a node on this machine.",
        HelpName = "DIR",
    };

    public static readonly Option<string?> Node = new("--node")
    {
        Description = "A node of the running `grid up` instead, as node1.",
        HelpName = "NAME",
    };

    private string ChoicesFile => Path.Combine(folder, ChoicesName);

    /// <exception cref="GridException">No node is named, or none was ever started there.</exception>
    public static NodeFolder Of(ParseResult asked)
    {
        if (asked.GetValue(Data) is { } data) return new NodeFolder(Path.GetFullPath(data));
        if (asked.GetValue(Node) is not { } name)
            throw Invalid("No node is named: --data DIR, or --node NAME for one of the running `grid up`.");
        if (RunningGrid.Find(GridHome.Current) is not { } running)
            throw Invalid($"--node {name}: no `grid up` is running here; name the node's folder with --data.");
        return new NodeFolder(Path.Combine(running.DataFolder, name));
    }

    /// <exception cref="GridException">The node has never been started there, or what it wrote cannot be read.</exception>
    public KnownNode ReadStatus()
    {
        var path = Path.Combine(folder, StatusName);
        if (!File.Exists(path)) throw Invalid($"{path} is missing: no node has been started there.");
        return Read(path, NodeFolderJson.Default.KnownNode);
    }

    public OfferChoices ReadChoices() => File.Exists(ChoicesFile) ? Read(ChoicesFile, OfferJson.Default.OfferChoices) : new OfferChoices();

    /// <summary>Lists other choices, and waits until the node has taken them.</summary>
    /// <exception cref="GridException">They cannot be listed; nothing was changed then.</exception>
    public async Task<OfferAnswer> ChangeAsync(Func<OfferChoices, OfferChoices> change, CancellationToken cancellation)
    {
        var node = ReadStatus();
        var choices = change(ReadChoices());
        if (choices.Fault(node.Started) is { } fault) throw Invalid(fault);
        await WriteAsync(choices, cancellation);
        var wanted = OfferTermsHash.Of(choices.Applied(node.Started));
        for (var since = Stopwatch.GetTimestamp(); node.IsRunning() && Stopwatch.GetElapsedTime(since) < Limits.OfferPatience;)
        {
            if (OfferTermsHash.Of(node.Terms) == wanted) return new OfferAnswer(node.Provider, true, node.Terms);
            await Task.Delay(Limits.PollPause, cancellation);
            node = ReadStatus();
        }

        return new OfferAnswer(node.Provider, false, choices.Applied(node.Started));
    }

    /// <summary>Wholly or not at all, since the node reads it at any time.</summary>
    private async Task WriteAsync(OfferChoices choices, CancellationToken cancellation)
    {
        var temporary = $"{ChoicesFile}.{Environment.ProcessId}.tmp";
        await File.WriteAllBytesAsync(
            temporary, JsonSerializer.SerializeToUtf8Bytes(choices, OfferJson.Default.OfferChoices), cancellation);
        File.Move(temporary, ChoicesFile, overwrite: true);
    }

    private static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, type) ?? throw Invalid($"{path} is null: mend or remove it.");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{path} cannot be read: {failure.Message}");
        }
    }

    private static GridException Invalid(string message) => new(GridErrorKind.InvalidInput, message);
}

/// <summary>What a node writes of itself every second, as far as its owner's choices go.</summary>
internal sealed record KnownNode(ProviderId Provider, int ProcessId, OfferTerms Terms, OfferTerms Started, string? OfferFault = null)
{
    public bool IsRunning()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <param name="IsListed">The running node lists it; else it will from its next start.</param>
internal sealed record OfferAnswer(ProviderId Provider, bool IsListed, OfferTerms Terms);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KnownNode))]
[JsonSerializable(typeof(OfferAnswer))]
internal sealed partial class NodeFolderJson : JsonSerializerContext;
