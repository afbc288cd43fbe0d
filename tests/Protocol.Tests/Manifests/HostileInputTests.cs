using System.Diagnostics;
using System.Text;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

/// <summary>Measures time, so nothing else of this assembly runs beside it.</summary>
[CollectionDefinition(nameof(HostileInputTests), DisableParallelization = true)]
[Collection(nameof(HostileInputTests))]
public sealed class HostileInputTests
{
    private const long MostAllocatedBytes = 16 << 20;
    private const int MostMilliseconds = 50;
    private const int Tries = 10;

    public static TheoryData<string, string, string> HostileTexts() => new()
    {
        { "deep flow", Repeat("[", 100_000), "nested deeper" },
        { "deep flow over lines", Repeat("[\n", 60_000), "nested deeper" },
        { "deep flow mappings", Repeat("{a: ", 30_000), "nested deeper" },
        { "deep block", Repeat("- ", 60_000), "nested deeper" },
        { "deep keys", Repeat("? ", 60_000), "nested deeper" },
        { "deep indentation", string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "a:\n")), "nested deeper" },
        { "a bomb of aliases", "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + Lines(30, i => $"a{i + 1}: &a{i + 1} [{Repeat($"*a{i},", 9)}]"), "more than" },
        { "a bomb of merge keys", $"a0: &a0 {{{string.Concat(Enumerable.Range(0, 100).Select(i => $"k{i}: v,"))}}}\n" + Lines(100, i => $"a{i + 1}: &a{i + 1} {{<<: [{Repeat($"*a{i},", 20)}]}}"), "more than" },
        { "a cycle", "a: &a [*a]", "cycle" },
        { "a cycle through a merge key", "a: &a {<<: *a}", "cycle" },
        { "an unknown alias", "a: *b", "names no anchor" },
        { "many anchors", Lines(5_000, i => $"- &a{i} x"), "anchors" },
        { "many keys", Lines(10_000, i => $"k{i}: 1"), "more than" },
        { "many unknown keys", "version: '2.0'\nservices:\n  a:\n" + Lines(2_500, i => $"    imag{i}: x"), "`image` is missing" },
        { "many services", "version: '2.0'\nservices:\n" + Lines(1_400, i => $"  s{i}: {{image: x}}"), "at most 64" },
        { "many variables", "version: '2.0'\nservices:\n  a:\n    image: x\n    env:\n" + Lines(5_500, i => $"    - k{i}=x"), "at most 512" },
        { "many ports", "version: '2.0'\nservices:\n  a:\n    image: x\n    expose:\n" + Lines(1_900, i => $"    - port: {i + 1}"), "at most 512" },
        { "a long value", "a: " + Repeat("x", 120_000), "characters; at most" },
        { "a long folded value", "a: >\n" + Repeat(" x\n\n", 30_000), "characters; at most" },
        { "a long value over lines", "a: " + Repeat("x\n ", 40_000), "characters; at most" },
        { "a long key", Repeat("k", 1000) + ": v", "A key" },
        { "an open quote", "a: \"" + Repeat("x\n ", 40_000), "not valid YAML" },
        { "comments only", Repeat("#\n", 60_000), "the file is empty" },
        { "tabs only", Repeat("\t", 120_000), "the file is empty" },
        { "directives", Repeat("%TAG !a! x\n", 10_000), "directives" },
        { "documents", Repeat("---\n", 30_000), "second YAML document" },
        { "two manifests", ManifestFiles.Small() + "\n---\n" + ManifestFiles.Small(), "second YAML document" },
        { "a duplicate key", "version: '2.0'\nversion: '2.0'", "occurs twice" },
        { "a duplicate service", ManifestFiles.Small().Replace("profiles:", "  app: {image: y}\nprofiles:", StringComparison.Ordinal), "`app` occurs twice" },
        { "an empty key", "a: b\n: c", "a key is empty" },
        { "an empty key in a list", "- : c", "not valid YAML" },
        { "a key that is a list", "[a, b]: c", "a key is a list" },
        { "a NUL that would hide the rest", ManifestFiles.Small() + "\0", "U+0000" },
        { "a lone surrogate", "a: \ud800", "U+D800" },
        { "a list", "- a", "expected a manifest" },
        { "nothing", "", "the file is empty" },
        { "an end without a document", "...\n", "the file is empty" },
        { "a malformed escape", "a: \"\\UFFFFFFFF\"", "not valid YAML" },
        { "a huge version directive", "%YAML 99999999999.1\n--- a", "not valid YAML" },
    };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_hostile_text_is_refused_clearly_quickly_and_in_bounded_memory(string what, string text, string message)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reading = text.Contains('\ud800', StringComparison.Ordinal) ? ManifestReader.Read(text) : ManifestReader.Read(utf8);

        Assert.Null(reading.Manifest);
        Assert.Contains(reading.Errors, error => error.Message.Contains(message, StringComparison.OrdinalIgnoreCase));
        Assert.True(reading.Errors.Length <= ManifestLimits.Findings + 1);
        Assert.True(reading.Warnings.Length <= ManifestLimits.Findings + 1);
        AssertCheap(what, () => ManifestReader.Read(utf8));
    }

    [Fact]
    public void A_hundred_megabytes_are_refused_without_being_read()
    {
        using var stream = new EndlessStream();

        var reading = ManifestReader.Read(stream);

        Assert.Contains("longer than", Assert.Single(reading.Errors).Message, StringComparison.Ordinal);
        Assert.True(stream.BytesRead <= ManifestLimits.FileBytes + 1);
        AssertCheap("100 MB in memory", () => ManifestReader.Read(new byte[100_000_000]), 128 << 20);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0x61, 0xC3, 0x28 }, "not valid UTF-8")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "not valid UTF-8")]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes, string message) =>
        Assert.Contains(message, Assert.Single(ManifestReader.Read(bytes).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        Assert.True(ManifestReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(ManifestFiles.Small())]).IsOk);

    private static void AssertCheap(string what, Func<ManifestReading> read, long mostBytes = MostAllocatedBytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= mostBytes, $"{what}: {allocated} bytes allocated, at most {mostBytes} expected");

        // The best of a few tries: other processes share the machine.
        var best = Enumerable.Range(0, Tries).Min(_ => Elapsed(read).TotalMilliseconds);
        Assert.True(best <= MostMilliseconds, $"{what}: {best} ms, at most {MostMilliseconds} expected");
    }

    private static TimeSpan Elapsed(Func<ManifestReading> read)
    {
        var start = Stopwatch.GetTimestamp();
        read();
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    /// <summary>As long as anyone cares to read.</summary>
    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'#');
            BytesRead += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
