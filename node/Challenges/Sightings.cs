using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Leases;
using Grid.Protocol.Signing;

namespace Grid.Node.Challenges;

/// <summary>
/// What operators signed about having heard this node: its evidence, should they claim otherwise. One file of lines an operator; the newest are kept.
/// </summary>
public sealed class Sightings
{
    private const string Folder = "seen";

    private readonly string _folder;
    private readonly NodeIdentity _identity;
    private readonly Lock _gate = new();
    private readonly Dictionary<Address, int> _lines = [];

    public Sightings(string dataDirectory, NodeIdentity identity)
    {
        (_folder, _identity) = (Path.Combine(dataDirectory, Folder), identity);
        PrivateFiles.CreateDirectory(_folder);
    }

    /// <summary>On the disk when it returns. What is not of this node, or not signed by that operator, is no evidence and is not kept.</summary>
    /// <returns>Whether it was kept.</returns>
    public bool Keep(Address operatorAddress, Signed<Seen> seen)
    {
        if (seen.Value.Provider != _identity.Provider || !seen.IsSignedBy(operatorAddress, _identity.Domain)) return false;
        lock (_gate)
        {
            var path = PathOf(operatorAddress);
            var known = _lines.TryGetValue(operatorAddress, out var counted) ? counted : Read(path).Count;
            if (known >= Limits.KeptSightings + Limits.SurplusSightings) known = Shorten_NeedsLock(path);
            PrivateFiles.Create(path);
            using (var file = new FileStream(path, FileMode.Append, FileAccess.Write))
            {
                // The first line after a start begins on one of its own, whatever a power cut left.
                if (counted == 0 && file.Length > 0) file.WriteByte((byte)'\n');
                file.Write(JsonSerializer.SerializeToUtf8Bytes(seen, SightingsJson.Default.SignedSeen));
                file.WriteByte((byte)'\n');
                file.Flush(flushToDisk: true);
            }

            _lines[operatorAddress] = known + 1;
            return true;
        }
    }

    /// <summary>Of one operator, oldest first.</summary>
    public IReadOnlyList<Signed<Seen>> Of(Address operatorAddress)
    {
        lock (_gate) return Read(PathOf(operatorAddress));
    }

    /// <summary>Of all operators, as a JSON array: for whoever appeals, also while the node runs.</summary>
    public static string AllAsJson(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, Folder);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return JsonSerializer.Serialize([.. files.SelectMany(Read)], SightingsJson.Default.SignedSeenArray);
    }

    private static List<Signed<Seen>> Read(string path)
    {
        var read = new List<Signed<Seen>>();
        if (!File.Exists(path)) return read;
        foreach (var line in File.ReadLines(path).Where(static line => line.Length > 0))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, SightingsJson.Default.SignedSeen) is { Value: not null } seen) read.Add(seen);
            }
            catch (JsonException)
            {
                // The end of a line that a power cut left.
            }
        }

        return read;
    }

    private static int Shorten_NeedsLock(string path)
    {
        var kept = Read(path).TakeLast(Limits.KeptSightings).ToArray();
        var temporary = path + ".new";
        File.WriteAllLines(temporary, kept.Select(static seen => JsonSerializer.Serialize(seen, SightingsJson.Default.SignedSeen)));
        File.Move(temporary, path, overwrite: true);
        return kept.Length;
    }

    private string PathOf(Address operatorAddress) => Path.Combine(_folder, $"{operatorAddress}.jsonl");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Signed<Seen>))]
[JsonSerializable(typeof(Signed<Seen>[]))]
internal sealed partial class SightingsJson : JsonSerializerContext;
