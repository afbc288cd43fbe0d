using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>Checks what was published of an era, by computing it again here: nothing is believed but signatures and the chain.</summary>
public static class EraVerification
{
    /// <param name="books">Those that the record names, as far as they could be had.</param>
    /// <param name="previous">The record before, where the record names one and it could be had.</param>
    public static IReadOnlyList<EraCheck> Checks(
        EraStatus era, EraOverview overview, EraRecord record, EraTree tree, IReadOnlyList<(Hash256 Content, ObservationBook Book)> books, EraRecord? previous, Eip712Domain domain)
    {
        var vote = record.Vote(tree);
        return
        [
            new EraCheck("tree", era.Root == vote, $"{vote.Leaves} leaves under {vote.Root}, {vote.Rewards} earned since genesis"),
            Signatures(era, record, vote, domain),
            Recomputed(overview, record, books, previous),
        ];
    }

    private static EraCheck Signatures(EraStatus era, EraRecord record, EraRoot vote, Eip712Domain domain)
    {
        var weights = record.Weights();
        var signers = era.Votes.Where(signed => signed.Value == vote).Select(signed => signed.Recover(domain)).OfType<Address>().Where(weights.Contains).Distinct().ToArray();
        return new EraCheck("signatures", weights.IsQuorum(signers), $"{signers.Length} of {weights.Count} operators, {weights.Of(signers)} of {weights.Total} of the weight");
    }

    private static EraCheck Recomputed(EraOverview overview, EraRecord record, IReadOnlyList<(Hash256 Content, ObservationBook Book)> books, EraRecord? previous)
    {
        var named = record.Operators.Count(static entry => !entry.Book.IsZero);
        if (books.Count < named || (previous is null && !record.Previous.IsZero)) return new EraCheck("leaves", null, $"only {books.Count} of {named} books, or not the record before, could be had");
        var rules = new EraRules(new EraSchedule(overview.GenesisSeconds, overview.EraSeconds, overview.TickSeconds), overview.RewardBase, TrustTierTable.Standard);
        var again = EraRecord.Of(record.Era, previous, record.Previous, books, record.Weights(), rules);
        var isSame = EraRecordCodec.Encode(again).AsSpan().SequenceEqual(EraRecordCodec.Encode(record));
        return new EraCheck("leaves", isSame, isSame ? $"follow from {books.Count} operators' books" : "do not follow from the operators' books");
    }
}

/// <param name="Holds">Null where it could not be checked.</param>
public sealed record EraCheck(string Name, bool? Holds, string Detail);
