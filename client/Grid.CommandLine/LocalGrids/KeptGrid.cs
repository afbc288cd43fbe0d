using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Client;
using Grid.CommandLine.Home;

namespace Grid.CommandLine.LocalGrids;

/// <summary>A local grid that is gone on with the next time: what it is made of, as its folder says once all of it is there.</summary>
internal sealed record KeptGrid(int Providers, int Operators, string? PretendedGpu)
{
    public static KeptGrid Of(LocalGridOptions options) => new(options.Providers, options.Operators, options.PretendedGpu);

    /// <returns>Null where none is kept in the folder, or not all of it came to be.</returns>
    /// <exception cref="GridException">What says so cannot be read.</exception>
    public static KeptGrid? In(string folder)
    {
        var path = LocalGridFolder.KeptFileIn(folder);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KeptGridJson.Default.KeptGrid);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new GridException(
                GridErrorKind.InvalidInput, $"'{path}' cannot be read: {e.Message} Remove '{folder}' and begin anew: grid up", e);
        }
    }

    /// <returns>Where the last grid of this home is; null where there is none any more.</returns>
    public static string? FolderOf(GridHome home)
    {
        if (!File.Exists(home.KeptGridFile)) return null;
        var folder = File.ReadAllText(home.KeptGridFile).Trim();
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The next <c>grid up</c> of this home goes on with that one.</summary>
    public static void Note(GridHome home, string folder)
    {
        Directory.CreateDirectory(home.Folder);
        File.WriteAllText(home.KeptGridFile, folder + Environment.NewLine);
    }

    /// <summary>Removes a folder in which a grid is kept, and no other.</summary>
    public static void Forget(string folder)
    {
        if (In(folder) is not null) Directory.Delete(folder, recursive: true);
    }

    /// <param name="providers">As asked for; null for as many as there are.</param>
    /// <param name="operators">The same.</param>
    /// <exception cref="GridException">Another grid was asked for.</exception>
    public LocalGridOptions GoOn(LocalGridOptions asked, int? providers, int? operators)
    {
        var wanted = new KeptGrid(providers ?? Providers, operators ?? Operators, asked.PretendedGpu ?? PretendedGpu);
        if (wanted == this) return asked with { Providers = Providers, Operators = Operators, PretendedGpu = PretendedGpu };
        var gpus = PretendedGpu is null ? "" : $", each with a pretended {PretendedGpu}";
        throw new GridException(
            GridErrorKind.InvalidInput,
            $"The grid that is kept in '{asked.DataFolder}' has {Operators} operators and {Providers} nodes{gpus}. "
            + "Go on with it as it is: grid up. Or forget it and begin anew: add --fresh");
    }

    /// <summary>Wholly or not at all.</summary>
    public void Write(string folder)
    {
        var path = LocalGridFolder.KeptFileIn(folder);
        var beside = path + ".new";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(this, KeptGridJson.Default.KeptGrid));
        File.Move(beside, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeptGrid))]
internal sealed partial class KeptGridJson : JsonSerializerContext;
