using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts.Events;

namespace Grid.Silo.Chain;

/// <summary>
/// Which accounts are challenged, before that is final: an answer is due within one window, and may be given in vain. Kept for the
/// posting that stands open.
/// </summary>
internal sealed class OpenChallenges(ChainOptions options, IChain chain, GridIdentity identity)
{
    private readonly ChainEvents _events = new(options.Deployment);
    private readonly SortedSet<uint> _seen = [];
    private ulong _posting;
    private ulong _searchedTo;

    public async Task<IReadOnlyList<uint>> FindAsync(ulong posting, ChainMoment moment, CancellationToken cancellationToken)
    {
        var oldest = moment.Head.Number - Math.Min(moment.Head.Number, Limits.UnfinalBlocks);
        if (posting != _posting)
        {
            _seen.Clear();
            (_posting, _searchedTo) = (posting, oldest);
        }

        // What is not final may have changed since.
        var first = Math.Max(oldest, Math.Min(_searchedTo, moment.Firm.Number)) + 1;
        for (var page = first; page <= moment.Head.Number; page += Limits.BlocksPerPage)
            await SearchAsync(page, Math.Min(moment.Head.Number, page + Limits.BlocksPerPage - 1), cancellationToken);
        _searchedTo = moment.Head.Number;
        return [.. _seen];
    }

    private async Task SearchAsync(ulong first, ulong last, CancellationToken cancellationToken)
    {
        foreach (var log in await chain.GetLogsAsync(_events.Filter, first, last, cancellationToken))
        {
            if (_events.Decode(log)?.Event is EscrowEvent.Challenged challenged && challenged.Operator == identity.Operator && challenged.Batch == _posting)
                _seen.Add(challenged.Account);
        }
    }
}
