using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>One provider's stake and the cases against it, by the contracts' rules (<c>docs/protocol/slashing.md</c>). A call that the contracts would revert says false.</summary>
internal sealed class SimulatedCourt(CourtRules rules, Money stake)
{
    private readonly Dictionary<LeaseId, long> _proposedUntil = [];
    private readonly List<Case> _cases = [];
    private long _readyAt;

    public Money Active { get; private set; } = stake;

    public Money Unbonding { get; private set; }

    public Money Held { get; private set; }

    public Money Withdrawn { get; private set; }

    public Money Slashed { get; private set; }

    public Money Rewarded { get; private set; }

    public Money Compensated { get; private set; }

    public IReadOnlyList<Case> Cases => _cases;

    private Money Staked => Active + Unbonding;

    public void RequestUnstake(Money amount, long now)
    {
        var leaving = Money.Min(amount, Active);
        (Active, Unbonding, _readyAt) = (Active - leaving, Unbonding + leaving, now + rules.UnbondingSeconds);
    }

    public void Withdraw(long now)
    {
        if (now < _readyAt) return;
        var amount = Unbonding - Money.Min(Unbonding, Money.Max(Money.Zero, Held - Active));
        (Unbonding, Withdrawn) = (Unbonding - amount, Withdrawn + amount);
    }

    /// <param name="reporter">Who sends it; another one than was signed makes the signatures those of nobody.</param>
    public bool Propose(Fault fault, Chain.Crypto.Address reporter, long now)
    {
        if (rules.BindsReporter && reporter != fault.Reporter) return false;
        if (fault.ToUnixSeconds > now || now > fault.ToUnixSeconds + rules.ReportSeconds) return false;
        if (rules.RefusesRepeats && fault.FromUnixSeconds < _proposedUntil.GetValueOrDefault(fault.Lease)) return false;
        var amount = rules.Schedule.AmountRoundedUp(Staked, Held, fault.ToUnixSeconds - fault.FromUnixSeconds);
        if (amount == Money.Zero) return false;
        _proposedUntil[fault.Lease] = fault.ToUnixSeconds;
        if (rules.HoldsAtOnce) Held += amount;
        _cases.Add(new Case(fault with { Reporter = reporter }, amount, now + rules.AppealSeconds));
        return true;
    }

    public bool Execute(int number, long now)
    {
        var one = _cases[number];
        if (now < one.DecidedAt || (rules.RefusesRepeats && one.Executions > 0)) return false;
        _cases[number] = one with { Executions = one.Executions + 1 };
        var shares = rules.Schedule.Split(one.Amount, one.Fault.Paid);
        if (rules.HoldsAtOnce) Held -= one.Amount;
        var fromActive = Money.Min(one.Amount, Active);
        (Active, Unbonding) = (Active - fromActive, Unbonding - (one.Amount - fromActive));
        (Slashed, Compensated, Rewarded) = (Slashed + one.Amount, Compensated + shares.Compensation, Rewarded + shares.Reward);
        return true;
    }

    internal sealed record Case(Fault Fault, Money Amount, long DecidedAt, int Executions = 0);
}
