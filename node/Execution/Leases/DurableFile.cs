using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Node.Execution.Leases;

/// <summary>Small files that are either the old or the new one, never a part, whatever dies when.</summary>
internal static class DurableFile
{
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var fresh = $"{path}.new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, value, type);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <returns>Null where there is no file, or none that can be understood.</returns>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.Length > Limits.MaxStateFileBytes ? null : JsonSerializer.Deserialize(stream, type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
