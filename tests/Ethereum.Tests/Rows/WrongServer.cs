using Grid.Chain.Ethereum;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Rows;

/// <summary>A server of a real chain that gets something wrong, every time or every other time.</summary>
internal sealed class WrongServer(IChain inner, string how, bool isAlways = false) : PassingChain(inner)
{
    private const int LagBlocks = 3;

    private int _asked;

    public bool IsWrong { get; set; } = true;

    private bool Errs => IsWrong && (_asked++ % 2 == 0 || isAlways);

    public override async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        if (how == "lags" && tag == BlockTag.Latest && Errs)
        {
            var head = await base.GetBlockAsync(tag, cancellationToken);
            return await base.GetBlockAsync(BlockTag.At(head!.Number - Math.Min(head.Number, LagBlocks)), cancellationToken);
        }

        return await base.GetBlockAsync(tag, cancellationToken);
    }

    public override async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken)
    {
        var blocks = await base.GetBlocksAsync(first, count, cancellationToken);
        return how == "skips a block" && blocks.Count > 2 && Errs ? [blocks[0], .. blocks.Skip(2)] : blocks;
    }

    public override async Task<IReadOnlyList<LogEntry>> GetLogsAsync(
        LogFilter filter, ulong first, ulong last, CancellationToken cancellationToken)
    {
        var logs = await base.GetLogsAsync(filter, first, last, cancellationToken);
        if (logs.Count == 0 || !Errs) return logs;
        return how switch
        {
            "half a page" => [.. logs.Take(logs.Count / 2)],
            "no page" => [],
            "times out" => throw new ChainException(ChainFault.Unreachable, "It did not answer in time."),
            "lies" => [.. logs.Take(logs.Count - 1), logs[^1] with { Data = Doubled(logs[^1].Data) }],
            _ => logs,
        };
    }

    private static byte[] Doubled(ReadOnlyMemory<byte> data) => [.. data.Span[..31], (byte)(data.Span[31] ^ 1), .. data.Span[32..]];
}
