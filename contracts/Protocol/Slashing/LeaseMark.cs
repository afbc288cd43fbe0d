using Grid.Protocol.Signing;

namespace Grid.Protocol.Slashing;

/// <summary>What has been put forward of one lease: the next interval begins behind it, and all of them together compensate no more than was paid.</summary>
/// <param name="UntilUnixSeconds">First second behind the last interval.</param>
/// <param name="Paid">Of all intervals together.</param>
public readonly record struct LeaseMark(long UntilUnixSeconds, Money Paid)
{
    /// <summary>The mark behind a fault that fits it.</summary>
    public LeaseMark After(Fault fault) => new(fault.ToUnixSeconds, Paid + fault.Paid);
}
