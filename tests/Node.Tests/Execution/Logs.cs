namespace Grid.Tests.Node.Execution;

public sealed class Logs
{
    [Fact]
    public async Task A_flood_is_bounded_and_readers_see_what_they_missed()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("echo first; yes 0123456789012345678901234567890123456789 | head -n 700000; echo last"));
        var key = NodeUnderTest.KeyOf(lease);
        await node.RunAsync(lease);

        var stored = new DirectoryInfo(Path.Combine(node.DataDirectory, "leases", lease.Lease.ToString(), "logs")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(stored, 1, 8 << 20);
        var chunk = node.Engine.ReadLogs(key, 0);
        Assert.True(chunk.MissedBytes > 20_000_000, $"{chunk.MissedBytes} bytes missed");
        Assert.Equal("last", node.Log(key)[^1]);
        Assert.DoesNotContain("first", node.Log(key));
    }

    [Fact]
    public async Task Reading_on_repeats_nothing_and_skips_nothing()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done; printf 'no newline'"));
        var key = NodeUnderTest.KeyOf(lease);
        await node.StartAsync(lease);
        var numbers = new List<string>();
        var offset = 0L;
        for (var ended = false; ;)
        {
            var chunk = node.Engine.ReadLogs(key, offset);
            Assert.Equal(0, chunk.MissedBytes);
            Assert.True(chunk.NextOffset >= offset);
            offset = chunk.NextOffset;
            numbers.AddRange(chunk.Lines.Select(line => line.Text));
            if (ended && chunk.Lines.IsEmpty) break;
            if (chunk.Lines.IsEmpty) ended = (await node.StatusAsync(key, _ => true)).HasExited;
        }

        Assert.Equal([.. Enumerable.Range(1, 20_000).Select(i => $"{i}"), "no newline"], numbers);
    }

    [Fact]
    public async Task A_line_without_end_is_stored_in_parts()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("head -c 100000 /dev/zero | tr '\\0' x"));
        await node.RunAsync(lease);

        var lines = node.Engine.ReadLogs(NodeUnderTest.KeyOf(lease), 0).Lines;
        Assert.Equal(100_000, lines.Sum(line => line.Text.Length));
        Assert.All(lines, line => Assert.False(line.IsComplete));
        Assert.All(lines, line => Assert.True(line.TimeUnixMs > 0));
    }
}
