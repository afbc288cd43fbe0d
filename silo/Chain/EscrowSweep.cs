namespace Grid.Silo.Chain;

/// <summary>Reads the escrow's accounts again, some a minute: what the events should have told, the contract says.</summary>
internal sealed class EscrowSweep(EscrowReader reader, EscrowMirror mirror, TimeProvider time) : IChainRound
{
    private long? _sweptAt;
    private int _next;

    public async Task RunAsync(ChainMoment moment, CancellationToken cancellationToken)
    {
        mirror.Pass((long)moment.Firm.TimestampSeconds);
        if (_sweptAt is { } swept && time.GetElapsedTime(swept) < TimeSpan.FromSeconds(Limits.SweepSeconds)) return;
        _sweptAt = time.GetTimestamp();
        var accounts = mirror.Accounts;
        if (_next >= accounts.Count) _next = 0;
        await reader.ReadAsync(accounts.Skip(_next).Take(Limits.AccountsPerSweep).Select(static account => account.Payer), cancellationToken);
        _next += Limits.AccountsPerSweep;
    }
}
