using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Client;

/// <summary>Trust on first use: the identity that first answered at an address is noted in a file, and later ones must be the same.</summary>
public sealed class KnownOperators(string path) : IOperatorTrust
{
    public void Check(Uri url, Address identity)
    {
        var key = url.GetLeftPart(UriPartial.Authority);
        var known = Read();
        if (!known.TryGetValue(key, out var before)) Note(known, key, identity);
        else if (!Address.TryParse(before, out var expected) || expected != identity)
            throw new GridException(
                GridErrorKind.OperatorChanged,
                $"{key} is operated by {identity}, but {before} answered there before. Nothing was sent to it. If you know that the operator changed, remove its line from '{path}'.");
    }

    private SortedDictionary<string, string> Read()
    {
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KnownOperatorsJson.Default.SortedDictionaryStringString) ?? new(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"The known operators in '{path}' cannot be read: {e.Message} Mend or remove the file.", e);
        }
    }

    // Another command may write at the same time: the file is replaced as a whole, so a lost note is made again.
    private void Note(SortedDictionary<string, string> known, string key, Address identity)
    {
        known[key] = identity.ToString();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(known, KnownOperatorsJson.Default.SortedDictionaryStringString));
        File.Move(temporary, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class KnownOperatorsJson : JsonSerializerContext;
