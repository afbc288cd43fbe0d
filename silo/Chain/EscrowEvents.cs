using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts.Events;

namespace Grid.Silo.Chain;

/// <summary>An event of an account is a hint to read it: the figures come from the contract itself.</summary>
internal sealed class EscrowEvents(EscrowReader reader, GridIdentity identity) : IChainEventSink
{
    public Task TakeAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        var payers = events.Select(placed => PayerOf(placed.Event)).OfType<Address>().ToArray();
        return payers.Length == 0 ? Task.CompletedTask : reader.ReadAsync(payers, cancellationToken);
    }

    private Address? PayerOf(ChainEvent happened) => happened switch
    {
        EscrowEvent.Deposited deposited when deposited.Operator == identity.Operator => deposited.Payer,
        EscrowEvent.Withdrawn withdrawn when withdrawn.Operator == identity.Operator => withdrawn.Payer,
        EscrowEvent.ExitRequested requested when requested.Operator == identity.Operator => requested.Payer,
        EscrowEvent.Exited exited when exited.Operator == identity.Operator => exited.Payer,
        EscrowEvent.ClaimPaid paid when paid.Operator == identity.Operator => paid.Payer,
        _ => null,
    };
}
