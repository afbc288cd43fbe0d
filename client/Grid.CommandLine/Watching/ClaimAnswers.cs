using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.Protocol;

namespace Grid.CommandLine.Watching;

/// <summary>
/// Answers what providers claim by lease after their operator has vanished, with what the payer kept: an earlier close, a lower receipt,
/// what the final root had charged already.
/// </summary>
internal sealed class ClaimAnswers(ActingChain chain, Address @operator, EscrowAccount account, KeptAccount kept)
{
    private readonly LeaseClaimsContract _claims = chain.Grid.LeaseClaims;

    public async Task AnswerAsync(List<string> did, CancellationToken cancellation)
    {
        var ledger = await chain.ReadAsync(chain.Grid.Escrow.LedgerOf(@operator), cancellation);
        // Before that nobody can claim.
        if (ledger.AbandonedAtUnixSeconds == 0) return;
        var final = await chain.ReadAsync(chain.Grid.Escrow.FinalRootOf(@operator), cancellation);
        foreach (var bill in kept.Bills) await AnswerAsync(bill, final, did, cancellation);
        if (account.ExitReadyAtUnixSeconds != 0 && account.OpenClaims > 0) await PayAsync(final, did, cancellation);
    }

    /// <summary>What claims are due keep their payer from leaving: he has them paid.</summary>
    private async Task PayAsync(Hash256 final, List<string> did, CancellationToken cancellation)
    {
        foreach (var bill in kept.Bills)
        {
            var claim = await chain.ReadAsync(_claims.ClaimOf(bill.Lease), cancellation);
            var isDue = claim.AnswerBeforeUnixSeconds != 0 && !claim.IsPaid && await chain
                .NowAsync(cancellation) >= claim.AnswerBeforeUnixSeconds;
            if (!isDue) continue;
            did.Add($"lease {bill.Lease}: its claim is paid, so that you can leave");
            var place = KeptAccounts.PlaceUnder(kept, final, account.Number);
            await chain.SendAsync(sender => sender.SendAsync("pay claim", _claims.PayClaim(bill.Lease, place), cancellation));
        }
    }

    private async Task AnswerAsync(KeptBill bill, Hash256 final, List<string> did, CancellationToken cancellation)
    {
        if (await OpenClaimAsync(bill.Lease, cancellation) is not { } claim) return;
        if (bill.Close is { } close && close.Value.Seconds < claim.UsedSeconds)
        {
            var why = $"lease {bill.Lease}: {claim.UsedSeconds} s are claimed; the operator closed it at {close.Value.Seconds} s";
            if (await SendAsync("lower by close", _claims.LowerByClose(close), why, did, bill.Lease, cancellation) is not { } lowered)
                return;
            claim = lowered;
        }

        if (bill.Receipt is { } receipt && receipt.Value.Seconds >= claim.UsedSeconds && receipt.Value.Charged < claim.Amount)
        {
            var why = $"lease {bill.Lease}: {claim.Amount} are claimed; the provider signed for {receipt.Value.Charged}";
            if (await SendAsync("lower by receipt", _claims.LowerByReceipt(receipt), why, did, bill.Lease, cancellation) is not { } lowered)
                return;
            claim = lowered;
        }

        if (bill.Settled is { } settled && settled.Root.Commitment() == final && settled.Charged > claim.Settled)
        {
            var why = $"lease {bill.Lease}: the final root has charged {settled.Charged} of it already";
            await SendAsync("lower by settled", _claims.LowerBySettled(bill.Lease, settled), why, did, bill.Lease, cancellation);
        }
    }

    private async Task<LeaseClaim?> SendAsync(
        string name, ContractCall call, string why, List<string> did, LeaseId lease, CancellationToken cancellation)
    {
        did.Add(why);
        await chain.SendAsync(sender => sender.SendAsync(name, call, cancellation));
        return await OpenClaimAsync(lease, cancellation);
    }

    /// <returns>Null where there is none that could still be lowered.</returns>
    private async Task<LeaseClaim?> OpenClaimAsync(LeaseId lease, CancellationToken cancellation)
    {
        var claim = await chain.ReadAsync(_claims.ClaimOf(lease), cancellation);
        if (claim.AnswerBeforeUnixSeconds == 0 || claim.IsPaid) return null;
        return await chain.NowAsync(cancellation) < claim.AnswerBeforeUnixSeconds ? claim : null;
    }
}
