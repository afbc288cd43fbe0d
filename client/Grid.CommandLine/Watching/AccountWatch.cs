using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.OnChain;

namespace Grid.CommandLine.Watching;

/// <summary>
/// A payer's eye on one operator. Each look reads how the escrow stands, keeps what the operator shows, and does what is due: it asks what
/// is, not what has happened, so that nothing is lost where a look fails.
/// </summary>
internal sealed class AccountWatch(ActingChain chain, KeptAccounts file, Address payer, Address @operator, GridClient? client)
{
    private readonly EscrowContract _escrow = chain.Grid.Escrow;
    private readonly List<string> _did = [];

    public async Task<WatchedAccount> LookAsync(CancellationToken cancellation)
    {
        // The chain first: what the operator shows is then at least as new.
        var account = await chain.ReadAsync(_escrow.AccountOf(@operator, payer), cancellation);
        var pending = await chain.ReadAsync(_escrow.PendingOf(@operator), cancellation);
        var (kept, isAway) = await KeepAsync(cancellation);
        var root = account.Number == 0 ? null : await DefendAsync(account, pending, kept, cancellation);
        await ReclaimAsync(account, pending, cancellation);
        await new ClaimAnswers(chain, @operator, account, kept).AnswerAsync(_did, cancellation);
        return new WatchedAccount(@operator, isAway, account.Number, account.Balance, kept.Billed, root, _did, chain.Sent);
    }

    private async Task<(KeptAccount Kept, bool IsAway)> KeepAsync(CancellationToken cancellation)
    {
        if (client is null) return (file.Read(), true);
        var kept = await file.ShownAsync(client, cancellation);
        try
        {
            // Receipts after the leaves: what a root charges is signed for by then.
            var bills = await client.ListBillsAsync(kept, cancellation);
            return (await file.KeepAsync(known => bills.Aggregate(known, With), cancellation), false);
        }
        catch (GridException e) when (KeptAccounts.IsTheOperators(e))
        {
            _did.Add($"the operator shows no bills: {e.Message}");
            return (kept, true);
        }
    }

    private static KeptAccount With(KeptAccount kept, ShownBill shown) =>
        shown.Settled is { } settled ? kept.With(shown.Bill).With(shown.Bill.Lease, settled) : kept.With(shown.Bill);

    private async Task<WatchedRoot?> DefendAsync(
        EscrowAccount account, PendingRoot pending, KeptAccount kept, CancellationToken cancellation)
    {
        if (!pending.IsOpen) return null;
        var hasLeft = account.ExitedAtUnixSeconds != 0 && account.ExitedAtUnixSeconds >= pending.PostedAtUnixSeconds;
        var posted = new PostedRoot(@operator, payer, account.Number, account.Balance, hasLeft, pending.Commitment, pending.Accounts);
        var verdict = RootJudging.Judge(posted, kept, chain.Grid.Domain);
        if (verdict.Fault == RootFault.Refuted) await RefuteAsync(verdict, kept.Under(pending.Commitment)!, cancellation);
        else if (account.Number <= pending.Accounts) await ChallengeAsync(verdict, account.Number - 1, pending, cancellation);
        return WatchedRoot.Of(pending.Batch, pending.Commitment, kept.Under(pending.Commitment), verdict);
    }

    private async Task ChallengeAsync(RootVerdict verdict, uint index, PendingRoot pending, CancellationToken cancellation)
    {
        var now = await chain.NowAsync(cancellation);
        var challenge = await chain.ReadAsync(_escrow.ChallengeOf(@operator, pending.Batch, index), cancellation);
        if (challenge.AnswerBeforeUnixSeconds != 0)
        {
            if (now < challenge.AnswerBeforeUnixSeconds)
                _did.Add($"challenged; the operator has {challenge.AnswerBeforeUnixSeconds - now} s to answer");
            else await SendAsync(
                "void root", _escrow.VoidRoot(@operator, index), "nobody answered: the root is void and the bond pays", cancellation);
            return;
        }

        if (!verdict.IsUnanswerable || !challenge.Challenger.IsZero) return;
        var end = pending.PostedAtUnixSeconds + chain.Grid.Windows.DisputeSeconds;
        var patience = verdict.Fault == RootFault.Missing ? chain.Grid.Windows.DisputeSeconds / OnChain.Limits.PatienceParts : 0;
        if (now < pending.PostedAtUnixSeconds + patience)
            _did.Add($"waits {pending.PostedAtUnixSeconds + patience - now} s for the operator to show the leaf, then challenges it");
        else if (now >= end)
            _did.Add("the root's window is over: it can't be challenged any more");
        else
            await ChallengeAsync(index, verdict, cancellation);
    }

    private Task ChallengeAsync(uint index, RootVerdict verdict, CancellationToken cancellation)
    {
        _did.Add($"challenged: {verdict.Detail}");
        return chain.SendAsync(async sender =>
        {
            await sender.ApproveAsync(payer, _escrow.Address, chain.Grid.ChallengeFee, cancellation);
            await sender.SendAsync("challenge", _escrow.Challenge(@operator, index), cancellation);
        });
    }

    private Task RefuteAsync(RootVerdict verdict, KeptLeaf leaf, CancellationToken cancellation) => SendAsync(
        "refute root",
        chain.Grid.Refutations.Refute(@operator, leaf.Proof, verdict.Later!, verdict.Opening!),
        $"refuted: {verdict.Detail}",
        cancellation);

    /// <summary>The fee of a challenge that was right, and the share of the bond for it.</summary>
    private async Task ReclaimAsync(EscrowAccount account, PendingRoot before, CancellationToken cancellation)
    {
        if (account.Number == 0) return;
        var pending = before.IsOpen ? await chain.ReadAsync(_escrow.PendingOf(@operator), cancellation) : before;
        if (!pending.IsOpen && account.Number <= pending.Accounts)
        {
            var challenge = await chain.ReadAsync(_escrow.ChallengeOf(@operator, pending.Batch, account.Number - 1), cancellation);
            if (challenge.Challenger == payer && challenge.AnswerBeforeUnixSeconds != 0)
                await SendAsync(
                    "reclaim fee", _escrow
                        .ReclaimFee(@operator, pending.Batch, account.Number - 1), "the fee of the challenge is back", cancellation);
        }

        foreach (var owing in (PayingContract[])[_escrow, chain.Grid.OperatorRegistry])
        {
            var owed = await chain.ReadAsync(owing.OwedTo(payer), cancellation);
            if (owed > Protocol.Money.Zero) await SendAsync("collect", owing.Collect(payer), $"collected {owed}", cancellation);
        }
    }

    private Task SendAsync(string name, ContractCall call, string did, CancellationToken cancellation)
    {
        _did.Add(did);
        return chain.SendAsync(sender => sender.SendAsync(name, call, cancellation));
    }
}
