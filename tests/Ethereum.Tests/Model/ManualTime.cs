namespace Grid.Tests.Ethereum.Model;

internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddDays(1);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(long ms) => _now = _now.AddMilliseconds(ms);
}
