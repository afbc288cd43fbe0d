using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Settlements;

/// <summary>A lease as its node has it: seconds by the world's clock, never past what is paid.</summary>
internal sealed class ModelLease(LeaseTerms terms, PrivateKey key, Eip712Domain domain, TimeSpan openedAt)
{
    private Receipt? _last;
    private Signed<Receipt>? _open;
    private long _paidThrough;
    private bool _hasEnded;

    public LeaseId Id => terms.Lease;

    public Address Payer => terms.Payer;

    public bool IsOver { get; private set; }

    /// <summary>By the last receipt that the operator countersigned.</summary>
    public Money Charged => _last?.Charged ?? Money.Zero;

    public void End() => _hasEnded = true;

    public LeaseReport Report(TimeSpan now)
    {
        var seconds = Math.Min(_paidThrough, (long)(now - openedAt).TotalSeconds);
        if (_open is null && seconds > (_last?.Seconds ?? 0)) _open = Bill(seconds).Sign(key, domain);
        return new LeaseReport(terms.Provider, Id, seconds, _open, [], _hasEnded);
    }

    public void Follow(LeaseDirective directive, LeaseReport report)
    {
        if (directive.PaidThrough is { } paid) _paidThrough = Math.Max(_paidThrough, paid.Value.Seconds);
        if (directive.Countersignature is not null) (_last, _open) = (report.Receipt!.Value, null);
        if (directive.CloseCommand is { } close)
        {
            _hasEnded = true;
            _paidThrough = Math.Min(_paidThrough, close.Value.Seconds);
            if (_open?.Value.Seconds > _paidThrough) _open = null;
        }

        IsOver |= directive.IsSettled;
    }

    private Receipt Bill(long seconds) =>
        new(Id, seconds, terms.Rate.ChargeRoundedDown(seconds), Some.Digest("content", (int)seconds), _last?.Digest(domain) ?? Hash256.Zero);
}
