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
        var place = await KeptPlace.OfAsync(parties.Home, parties.Client, parties.Operator, parties.Self, cancellation);
        return (KeptPlace.Under(place, final, account.Number), pending.IsOpen ? KeptPlace.Under(place, pending.Commitment, account.Number) : PayerProof.None);
    }
}
