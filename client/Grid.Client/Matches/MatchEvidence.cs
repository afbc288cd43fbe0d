using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Client;

/// <summary>Why an order went where it went, worked out here from the match record's own bytes: the operator's own explanation is not relied on.</summary>
/// <param name="Explanation">With the differences that verification found, where it was asked for.</param>
public sealed record MatchEvidence(MatchRecord Record, MatchExplanation Explanation)
{
    /// <exception cref="GridException">The bytes are no match record, or another order's.</exception>
    public static MatchEvidence Read(OrderId order, ReadOnlySpan<byte> bytes, bool verify)
    {
        if (!MatchRecordCodec.TryDecode(bytes, out var record) || record is null)
            throw new GridException(GridErrorKind.BadAnswer, $"What the operator keeps as the match record of order {order} is none ({bytes.Length} bytes).");
        if (record.Seed.Order != order)
            throw new GridException(GridErrorKind.BadAnswer, $"The operator gave the match record of order {record.Seed.Order} for order {order}.");
        return new MatchEvidence(record, MatchExplanation.Of(record, verify));
    }
}

/// <summary>The same over any transport.</summary>
public static class MatchQuestions
{
    public static async Task<MatchEvidence> ExplainAsync(this IGridClient client, OrderId order, bool verify = false, CancellationToken cancellation = default) =>
        MatchEvidence.Read(order, await client.GetMatchRecordAsync(order, cancellation), verify);
}
