using System.Text;
using Grid.Client;
using Grid.Protocol;

namespace Grid.Tests.EndToEnd.World;

/// <summary>What a counter has printed.</summary>
internal sealed record CountedLines(IReadOnlyList<string> Tokens, IReadOnlyList<long> Numbers)
{
    public static async Task<CountedLines> ReadAsync(GridClient client, LeaseId lease, bool follow = false)
    {
        var text = new StringBuilder();
        await foreach (var chunk in client.ReadLogsAsync(lease, new LogSelection("counter", Follow: follow))) text.Append(Encoding.UTF8.GetString(chunk.Data));
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToArray();
        return new CountedLines([.. lines.Select(line => line[0]).Distinct()], [.. lines.Select(line => long.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture))]);
    }

    /// <summary>One process counted from 0 without a gap.</summary>
    public void AssertNeverStopped()
    {
        Assert.Single(Tokens);
        Assert.Equal(Enumerable.Range(0, Numbers.Count).Select(number => (long)number), Numbers);
    }

    public override string ToString() => $"{Numbers.Count} lines of {Tokens.Count} processes";
}
