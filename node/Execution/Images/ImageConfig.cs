using System.Collections.Immutable;
using System.Text.Json;

namespace Grid.Node.Execution.Images;

/// <summary>What an image says of its own start.</summary>
public sealed record ImageConfig(ImmutableArray<string> Command, ImmutableArray<EnvironmentVariable> Environment, string WorkingDirectory)
{
    /// <param name="json">The <c>config.json</c> of an unpacked bundle, see the OCI runtime specification. Written from what a stranger published.</param>
    /// <exception cref="FormatException">It says no such thing.</exception>
    public static ImageConfig Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var process = document.RootElement.GetProperty("process");
            var directory = process.TryGetProperty("cwd", out var cwd) ? cwd.GetString() ?? "/" : "/";
            if (!directory.StartsWith('/') || directory.Any(char.IsControl)) throw new FormatException("the image's working directory is no absolute path");
            return new ImageConfig(Strings(process, "args"), [.. Strings(process, "env").Select(Variable)], directory);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("the image's configuration can't be understood", e);
        }
    }

    private static ImmutableArray<string> Strings(JsonElement process, string name)
    {
        if (!process.TryGetProperty(name, out var list)) return [];
        ImmutableArray<string> strings = [.. list.EnumerateArray().Take(Limits.MaxCommandArguments + 1).Select(item => item.GetString() ?? "")];
        if (strings.Length > Limits.MaxCommandArguments || strings.Sum(text => (long)text.Length) > Limits.MaxCommandAndEnvironmentChars) throw new FormatException($"the image's {name} are too many");
        return strings.Any(text => text.Contains('\0')) ? throw new FormatException($"the image's {name} hold a null character") : strings;
    }

    private static EnvironmentVariable Variable(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new EnvironmentVariable(text[..equals], text[(equals + 1)..]) : throw new FormatException("the image has a variable without a name");
    }
}
