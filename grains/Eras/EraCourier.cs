using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Eras;

/// <summary>Brings what another operator has published to this operator's own grains. It pulls, and it may be called as often as one likes.</summary>
public sealed class EraCourier(IGrainFactory grains, GridIdentity identity, IEraFiles files)
{
    private IEraJournalGrain Journal => grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key);

    /// <param name="theirs">What the peer has just said.</param>
    public async Task BringAsync(IEraPeer peer, EraOverview theirs, CancellationToken cancellation)
    {
        var mine = await Journal.GetView();
        if (mine.Current is not { } current) return;
        for (var (era, looked) = (mine.NextUndecided, 0); era < current && looked < Limits.ErasPerPulse; era++, looked++) await BringEraAsync(peer, era, cancellation);

        if (theirs.LastCommitted is not { } last || last <= mine.LastCommitted || last >= current) return;
        await BringEraAsync(peer, last, cancellation);
        await Journal.Adopt(last);
    }

    private async Task BringEraAsync(IEraPeer peer, ulong number, CancellationToken cancellation)
    {
        if (await peer.GetEraAsync(number, cancellation) is not { } theirs) return;
        var era = grains.GetGrain<IEraGrain>(number.ToString(CultureInfo.InvariantCulture));
        var mine = await era.GetView();
        if (mine.Stage is EraStage.Final or EraStage.Missed) return;
        foreach (var book in Unknown(theirs.Books, mine.Books))
        {
            if (book.IsSignedBy(book.Value.Operator, identity.Domain) && await HasFileAsync(peer, book.Value.ContentHash, cancellation)) await era.TakeBook(book);
        }

        foreach (var proposal in Unknown(theirs.Proposals, mine.Proposals))
        {
            if (proposal.IsSignedBy(proposal.Value.Operator, identity.Domain) && await HasFileAsync(peer, proposal.Value.Record, cancellation)) await era.TakeProposal(proposal);
        }

        foreach (var vote in Unknown(theirs.Votes, mine.Votes)) await era.TakeVote(vote);
    }

    /// <summary>What this operator has not got yet, within the bounds of an operator set.</summary>
    private static IEnumerable<Signed<T>> Unknown<T>(IReadOnlyList<Signed<T>>? theirs, IEnumerable<Signed<T>> mine)
        where T : ISignedType
    {
        var known = mine.Select(static item => item.Signature).ToHashSet();
        return (theirs ?? []).Where(item => item is { Value: not null } && !known.Contains(item.Signature)).Take(Protocol.Eras.Limits.MaxOperators);
    }

    private async Task<bool> HasFileAsync(IEraPeer peer, Hash256 hash, CancellationToken cancellation)
    {
        if (await files.FindAsync(hash) is not null) return true;
        if (await peer.GetFileAsync(hash, cancellation) is not { } bytes || Keccak256.Hash(bytes) != hash) return false;
        await files.PutAsync(bytes);
        return true;
    }
}
