using Grid.Protocol.Settlement;

namespace Grid.CommandLine.OnChain;

/// <summary>What a payer must show to take money out: his places under the roots that stand now.</summary>
internal static class Places
{
    public static async Task<(PayerProof Final, PayerProof Open)> OfAsync(EscrowParties parties, CancellationToken cancellation)
    {
        var escrow = parties.Chain.Grid.Escrow;
        var account = await parties.Chain.ReadAsync(escrow.AccountOf(parties.Operator, parties.Self), cancellation);
        var final = await parties.Chain.ReadAsync(escrow.FinalRootOf(parties.Operator), cancellation);
        var pending = await parties.Chain.ReadAsync(escrow.PendingOf(parties.Operator), cancellation);
        var kept = await new KeptAccounts(parties.Home, parties.Operator, parties.Self).ShownAsync(parties.Client, cancellation);
        return (
            KeptAccounts.PlaceUnder(kept, final, account.Number),
            pending.IsOpen ? KeptAccounts.PlaceUnder(kept, pending.Commitment, account.Number) : PayerProof.None);
    }
}
