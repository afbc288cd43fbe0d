using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Silo.Chain;

/// <summary>Deposits as the escrow has them, final. It answers from the mirror, so that accounts work on while the chain is away.</summary>
internal sealed class ChainDepositLedger(EscrowMirror mirror) : IDepositLedger
{
    public Task<Money> GetDepositedAsync(Address payer) => Task.FromResult(mirror.Find(payer)?.Balance ?? Money.Zero);

    public Task<EscrowBalance?> GetEscrowBalanceAsync(Address payer)
    {
        var account = mirror.Find(payer);
        return Task.FromResult<EscrowBalance?>(new EscrowBalance(
            account?.Balance ?? Money.Zero, account?.Withdrawn ?? Money.Zero, account?.IsLeaving ?? false, mirror.FinalUnixSeconds,
            account?.ExitReadyUnixSeconds ?? 0));
    }
}
