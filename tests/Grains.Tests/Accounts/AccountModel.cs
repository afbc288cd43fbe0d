using Grid.Accounts;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Accounts;

public enum MoneyAct
{
    Deposit,
    Authorize,
    AuthorizeTooLittle,
    AuthorizeOutOfTurn,
    Hold,
    Release,
    Settle,
    Credit,
    Forget,
    End,
}

public sealed record MoneyStep(MoneyAct Act, int Lease, int Deployment, int Amount);

/// <summary>An account and, beside it, what plain sums say that it must answer. Lease i is one of deployment i mod 3.</summary>
internal sealed class AccountModel
{
    private const int FeePpm = 10_000;

    private readonly Dictionary<int, Promise> _promises = [];
    private readonly SortedDictionary<int, long> _holds = [];
    private readonly Dictionary<int, Settlement> _settled = [];
    private readonly HashSet<int> _over = [];
    private readonly HashSet<int> _credited = [];
    private long _deposited;
    private long _earned;
    private long _paid;
    private long _burned;
    private ulong _sequence;
    private int _signed;

    /// <summary>One deployment's authorization: its number, the most it may cost, what its leases have cost.</summary>
    private sealed record Promise(int Number, long Max, long Charged, bool HasEnded);

    public AccountState State { get; private set; } = new();

    private long Held => _holds.Values.Sum();

    private long Available => _deposited + _earned - _paid - _burned - Held;

    private long Promised => _promises.Values.Sum(static promise => promise.Max - promise.Charged);

    public void Do(MoneyStep step)
    {
        switch (step.Act)
        {
            case MoneyAct.Deposit:
                _deposited += step.Amount;
                Take(Account.Deposit, new Money(_deposited), step.Amount > 0);
                break;
            case MoneyAct.Authorize:
                Authorize(step, missing: 0, skipped: 0);
                break;
            case MoneyAct.AuthorizeTooLittle:
                Authorize(step, missing: 1, skipped: 0);
                break;
            case MoneyAct.AuthorizeOutOfTurn:
                Authorize(step, missing: 0, skipped: 1 + (ulong)(step.Amount % 2));
                break;
            case MoneyAct.Hold:
                Hold(step);
                break;
            case MoneyAct.Release:
                Take(Account.Release, Some.Lease(step.Lease), _holds.Remove(step.Lease));
                DropEnded();
                break;
            case MoneyAct.Settle:
                Settle(step);
                break;
            case MoneyAct.Credit:
                if (_over.Contains(-1 - step.Lease)) break;
                if (_credited.Add(step.Lease)) _earned += step.Amount;
                Apply(Account.Credit(State, Some.Lease(step.Lease), new Money(step.Amount)));
                break;
            case MoneyAct.Forget:
                Forget(step);
                break;
            default:
                End(step);
                break;
        }

        Check();
    }

    private void Authorize(MoneyStep step, long missing, ulong skipped)
    {
        var slot = step.Deployment;
        var known = _promises.GetValueOrDefault(slot);
        var charged = known?.Charged ?? 0;
        var needed = _paid + _burned + Promised - (known is null ? 0 : known.Max - known.Charged) + step.Amount - charged;
        var number = _signed++;
        var deployment = known is null ? default : Id(known);
        var authorization = new Authorization(
            default, default, default, default, _sequence + 1 + skipped, deployment.Value, default, default, new Money(step.Amount), new Money(needed - missing), 0, default);

        var decision = Account.Authorize(State, authorization, Some.Digest("authorization", number));

        var isRight = missing == 0 && skipped == 0 && step.Amount >= charged + HeldBy(slot) && known is not { HasEnded: true };
        Assert.Equal(isRight, decision.Result.IsAccepted);
        Assert.Equal(isRight, decision.Result.Refusal is null);
        Apply(decision);
        if (!isRight) return;
        _sequence++;
        _promises[slot] = new Promise(known?.Number ?? number, step.Amount, charged, false);
        var repeat = Account.Authorize(State, authorization, Some.Digest("authorization", number));
        Assert.Equal((true, false), (repeat.Result.IsAccepted, repeat.HasChanged));
    }

    private void Hold(MoneyStep step)
    {
        var promise = _promises.GetValueOrDefault(step.Lease % 3);
        var hold = new MoneyHold(Some.Lease(step.Lease), promise is null ? Some.Deployment(99) : Id(promise), new Money(step.Amount), new Money(step.Amount / 2));
        var decision = Account.Hold(State, hold, Some.Now);

        var held = _holds.GetValueOrDefault(step.Lease);
        var expected = Granted(step, promise, held);
        Assert.Equal(expected ?? 0, decision.Result.GrantedTotal.MicroUnits);
        Assert.Equal(expected is null, decision.Result.Refusal is not null);
        Apply(decision);
        if (expected > held) _holds[step.Lease] = expected.Value;

        var repeat = Account.Hold(State, hold, Some.Now.AddHours(1));
        Assert.Equal((decision.Result.GrantedTotal, false), (repeat.Result.GrantedTotal, repeat.HasChanged));
    }

    private long? Granted(MoneyStep step, Promise? promise, long held)
    {
        if (_settled.ContainsKey(step.Lease) || promise is null or { HasEnded: true }) return null;
        if (step.Amount <= held) return held;
        var room = Math.Max(0, Math.Min(Available, promise.Max - promise.Charged - HeldBy(step.Lease % 3)));
        var granted = Math.Min(step.Amount, held + room);
        return granted < step.Amount / 2 || granted == 0 ? null : granted;
    }

    private void Settle(MoneyStep step)
    {
        var isRepeat = _settled.TryGetValue(step.Lease, out var before);
        if (!isRepeat && _over.Contains(step.Lease)) return;
        var charged = isRepeat ? step.Amount : _holds.GetValueOrDefault(step.Lease) * (step.Amount % 4) / 3;
        var promise = _promises.GetValueOrDefault(step.Lease % 3);
        var deployment = promise is null ? Some.Deployment(99) : Id(promise);
        var decision = Account.Settle(State, new LeaseCharge(Some.Lease(step.Lease), deployment, new Money(charged), FeePpm));
        Apply(decision);
        if (isRepeat)
        {
            Assert.Equal((before!, false), (decision.Result, decision.HasChanged));
            return;
        }

        Assert.Equal(charged, decision.Result.Paid.MicroUnits + decision.Result.Burned.MicroUnits);
        Assert.Equal(charged / 100, decision.Result.Burned.MicroUnits);
        _paid += decision.Result.Paid.MicroUnits;
        _burned += decision.Result.Burned.MicroUnits;
        if (promise is not null) _promises[step.Lease % 3] = promise with { Charged = promise.Charged + charged };
        _holds.Remove(step.Lease);
        _settled[step.Lease] = decision.Result;
        _over.Add(step.Lease);
        DropEnded();
    }

    private void Forget(MoneyStep step)
    {
        Apply(Account.Forget(State, Some.Lease(step.Lease)));
        _settled.Remove(step.Lease);
        if (_credited.Remove(step.Lease)) _over.Add(-1 - step.Lease);
    }

    private void End(MoneyStep step)
    {
        var promise = _promises.GetValueOrDefault(step.Deployment);
        Apply(Account.EndAuthorization(State, promise is null ? Some.Deployment(99) : Id(promise)));
        if (promise is not null) _promises[step.Deployment] = promise with { HasEnded = true };
        DropEnded();
    }

    private void DropEnded()
    {
        foreach (var (slot, promise) in _promises.ToArray())
        {
            if (promise.HasEnded && !_holds.Keys.Any(lease => lease % 3 == slot)) _promises.Remove(slot);
        }
    }

    private long HeldBy(int slot) => _holds.Where(hold => hold.Key % 3 == slot).Sum(static hold => hold.Value);

    private void Take<T>(Func<AccountState, T, Decision<AccountState, bool>> rule, T argument, bool isChange)
    {
        var decision = rule(State, argument);
        Assert.Equal(isChange, decision.HasChanged);
        Apply(decision);
        Assert.False(rule(State, argument).HasChanged);
    }

    private void Apply<TResult>(Decision<AccountState, TResult> decision)
    {
        if (!decision.HasChanged) Assert.Same(State, decision.State);
        State = decision.State;
    }

    private void Check()
    {
        var view = Account.View(State);
        Assert.Equal(_deposited, view.Deposited.MicroUnits);
        Assert.Equal(_earned, view.Earned.MicroUnits);
        Assert.Equal(Held, view.Held.MicroUnits);
        Assert.Equal(_paid, view.Paid.MicroUnits);
        Assert.Equal(_burned, view.Burned.MicroUnits);
        Assert.Equal(Available, view.Available.MicroUnits);
        Assert.Equal(Promised, view.AuthorizedOpen.MicroUnits);
        Assert.Equal(_sequence + 1, view.NextSequence);
        Assert.True(Available >= 0, $"{Available} available");
        Assert.All(_promises, promise => Assert.True(promise.Value.Charged + HeldBy(promise.Key) <= promise.Value.Max, $"{promise}"));
    }

    private static DeploymentId Id(Promise promise) => new(Some.Digest("authorization", promise.Number));
}
