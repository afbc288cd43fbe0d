using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.Protocol;
using ChainEvidence = Grid.Chain.Ethereum.Contracts.LeaseEvidence;

namespace Grid.CommandLine.Providers;

/// <summary>Claims without the operator: given up, claimed, paid, collected. It asks what is, and does what is due.</summary>
internal sealed class LeaseClaiming(OpenChain chain, Address @operator, KeptClaims kept)
{
    private readonly EscrowContract _escrow = chain.Grid.Escrow;
    private readonly LeaseClaimsContract _claims = chain.Grid.LeaseClaims;

    /// <returns>Why it cannot be given up yet; null where it is.</returns>
    public async Task<string?> AbandonAsync(CancellationToken cancellation)
    {
        var ledger = await chain.ReadAsync(_escrow.LedgerOf(@operator), cancellation);
        if (ledger.AbandonedAtUnixSeconds != 0) return null;
        if (ledger.LastPostedAtUnixSeconds == 0) return $"{@operator} has no payers in this escrow.";
        var now = await chain.NowAsync(cancellation);
        var silentAt = ledger.LastPostedAtUnixSeconds + chain.Grid.Windows.SilenceSeconds;
        if (now <= silentAt) return $"The operator may be given up in {silentAt - now + 1} s, if it posts no root until then.";
        var pending = await chain.ReadAsync(_escrow.PendingOf(@operator), cancellation);
        if (pending.IsOpen)
        {
            if (pending.OpenChallenges > 0) return "Its last root is challenged: whoever did it has it voided when the answer is past due.";
            if (now < pending.PostedAtUnixSeconds + chain.Grid.Windows.DisputeSeconds) return "Its last root can still be challenged.";
            await chain.SendAsync("finalize root", _escrow.FinalizeRoot(@operator), cancellation);
        }

        await chain.SendAsync("abandon", _escrow.Abandon(@operator), cancellation);
        return null;
    }

    public async Task<IReadOnlyList<ClaimedLease>> ClaimAllAsync(CancellationToken cancellation)
    {
        var claims = new List<ClaimedLease>();
        foreach (var lease in kept.Leases) claims.Add(await ClaimAsync(lease, cancellation));
        return claims;
    }

    /// <summary>What is owed to the providers of these leases; anybody may have it paid.</summary>
    public async Task<Money> CollectAsync(CancellationToken cancellation)
    {
        var collected = Money.Zero;
        foreach (var provider in kept.Leases.Select(static lease => lease.Provider).Distinct().Order())
        {
            var owed = await chain.ReadAsync(_escrow.OwedTo(provider.Value), cancellation);
            if (owed == Money.Zero) continue;
            await chain.SendAsync("collect", _escrow.Collect(provider.Value), cancellation);
            collected += owed;
        }

        return collected;
    }

    private async Task<ClaimedLease> ClaimAsync(Protocol.Slashing.LeaseEvidence lease, CancellationToken cancellation)
    {
        if (lease.Operator != @operator || lease.Refusal(chain.Grid.Domain) is { Length: > 0 })
            return new ClaimedLease(
                lease.Lease, "refused", Money.Zero,
                $"it proves nothing: {lease.Refusal(chain.Grid.Domain) ?? "it is another operator's."}");
        var known = await chain.ReadAsync(_claims.ClaimOf(lease.Lease), cancellation);
        if (known.AnswerBeforeUnixSeconds == 0) return await OpenAsync(lease, cancellation);
        var amount = Money.Max(Money.Zero, known.Amount - known.Settled);
        if (known.IsPaid) return new ClaimedLease(lease.Lease, "paid", amount, "");
        var wait = known.AnswerBeforeUnixSeconds - await chain.NowAsync(cancellation);
        return wait > 0
            ? new ClaimedLease(lease.Lease, "open", amount, $"the payer may answer for {wait} s")
            : await PayAsync(lease, amount, cancellation);
    }

    private async Task<ClaimedLease> OpenAsync(Protocol.Slashing.LeaseEvidence lease, CancellationToken cancellation)
    {
        try
        {
            await chain.SendAsync(
                "claim by lease",
                _claims.ClaimByLease(new ChainEvidence(lease.Authorization, lease.Opening, lease.PaidThrough, lease.Receipt)),
                cancellation);
            return new ClaimedLease(
                lease.Lease, "claimed", lease.Receipt.Value.Charged, $"the payer may answer for {chain.Grid.Windows.DisputeSeconds} s");
        }
        catch (GridException e) when (e.Kind == GridErrorKind.Refused)
        {
            return new ClaimedLease(lease.Lease, "refused", Money.Zero, e.Message);
        }
    }

    private async Task<ClaimedLease> PayAsync(Protocol.Slashing.LeaseEvidence lease, Money amount, CancellationToken cancellation)
    {
        var final = await chain.ReadAsync(_escrow.FinalRootOf(@operator), cancellation);
        var account = await chain.ReadAsync(_escrow.AccountOf(@operator, lease.Tenant), cancellation);
        if (kept.PlaceOf(lease.Tenant, final, account.Number) is not { } place)
            return new ClaimedLease(
                lease.Lease, "open", amount,
                $"the node was not shown {lease.Tenant}'s place under root {final}: its payer can have it paid, and must before he leaves");
        await chain.SendAsync("pay claim", _claims.PayClaim(lease.Lease, place), cancellation);
        return new ClaimedLease(lease.Lease, "paid", amount, "");
    }
}
