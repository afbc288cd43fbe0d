using System.Text;
using Grid.Protocol.Manifests;

namespace Grid.Simulation;

/// <summary>Row 40: what a hostile tenant may send instead of a manifest.</summary>
public static class HostileManifests
{
    private const long MostBytes = 64 << 20;

    /// <param name="read">Reads one file: the real reader, unless a test takes it out.</param>
    public static void Play(World world, Func<ReadOnlyMemory<byte>, ManifestReading>? read = null)
    {
        foreach (var (name, text) in Texts()) Refused(world, name, text, read ?? ManifestReader.Read);
    }

    private static void Refused(World world, string name, byte[] text, Func<ReadOnlyMemory<byte>, ManifestReading> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = read(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        world.Virtual.Journal.Note($"{name}: {string.Join("; ", reading.Errors.Take(1))}");
        world.Verdicts.Check(!reading.IsOk && !reading.Errors.IsEmpty, "INV-MANIFEST-01", name, "an error that says what is wrong", "accepted");
        world.Verdicts.Check(allocated <= MostBytes, "INV-MANIFEST-01", name, $"at most {MostBytes} bytes of memory", $"{allocated}");
    }

    private static IEnumerable<(string Name, byte[] Text)> Texts()
    {
        yield return ("a bomb of aliases", Utf8("a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"a{i + 1}: &a{i + 1} [{Repeat($"*a{i},", 9)}]\n"))));
        yield return ("deep nesting", Utf8(Repeat("[", 50_000)));
        yield return ("a cycle", Utf8("a: &a [*a]"));
        yield return ("a hundred megabytes", new byte[100_000_000]);
        yield return ("an absurd count", Utf8(Valid.Replace("count: 1", "count: 999999999999", StringComparison.Ordinal)));
        yield return ("a duplicate key", Utf8(Valid + "\nversion: '2.0'\n"));
        yield return ("bytes that are no text", [0xFF, 0xFE, 0x00, 0x61]);
    }

    private const string Valid = """
        version: "1.0"
        services: {main: {image: host}}
        profiles:
          name: x
          duration: 1h
          compute: {p: {cpu: 1, memory: 1Gi, storage: 1Gi}}
          placement: {any: {pricing: {p: {token: USDC, amount: 1}}}}
        deployment: {main: {any: {profile: p, count: 1}}}
        """;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
