using System.Collections.Immutable;

namespace Grid.Protocol.Eras;

/// <summary>
/// Whether it is the operator that is cut off: over 30 % of its sessions were lost within one window, two of them or more. One session
/// alone says so only where the operator does not reach a quorum of operators either: of one, two or three sessions a single one is over
/// 30 %, and nodes do die. It lasts until most are back, or for one era: then the nodes are what is gone.
/// </summary>
/// <param name="Samples">Session counts of one window, a tick apart, oldest first.</param>
/// <param name="Baseline">Sessions before the loss; 0 while nothing is wrong.</param>
/// <param name="TicksLeft">Of this outage at most.</param>
public sealed record OwnOutage(ImmutableArray<int> Samples, int Baseline, long TicksLeft)
{
    private const int LostPercent = 30;
    private const int LostTogether = 2;

    public static OwnOutage None { get; } = new([], 0, 0);

    public bool IsOn => Baseline > 0;

    /// <param name="sessions">Now; called once a tick.</param>
    /// <param name="isInTouch">Whether a quorum of operators, this one included, is in touch.</param>
    /// <param name="windowTicks">What counts as "at once".</param>
    /// <param name="eraTicks">How long an outage is believed.</param>
    public OwnOutage After(int sessions, bool isInTouch, int windowTicks, long eraTicks)
    {
        if (IsOn)
        {
            var isOver = !IsLossOf(Baseline, sessions, isInTouch) || TicksLeft <= 1;
            return isOver ? new OwnOutage([sessions], 0, 0) : this with { TicksLeft = TicksLeft - 1 };
        }

        var samples = Samples.Length < windowTicks ? Samples.Add(sessions) : Samples.RemoveAt(0).Add(sessions);
        var before = samples.Max();
        return IsLossOf(before, sessions, isInTouch) ? new OwnOutage([], before, eraTicks) : this with { Samples = samples };
    }

    private static bool IsLossOf(int before, int now, bool isInTouch) =>
        (before - now) * 100 > before * LostPercent && (before - now >= LostTogether || !isInTouch);
}
