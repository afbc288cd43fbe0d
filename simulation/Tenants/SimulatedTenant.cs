using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>Pays, submits, retries with the same authorization until there is an answer, closes some and lets others run out.</summary>
internal sealed class SimulatedTenant : IDisposable
{
    private const double ClosesItself = 0.4;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(6);

    private readonly World _world;
    private readonly PrivateKey _key;
    private readonly SimulatedRandom _random;
    private readonly GridIdentity _identity;
    private readonly int _index;

    public SimulatedTenant(World world, int index)
    {
        _world = world;
        _index = index;
        _identity = world.Operator.Identity;
        _random = world.Virtual.Random.Fork();
        _key = Keys.Of(world.Options.Seed, $"tenant {index} of {_identity.Operator}");
    }

    public Address Address => _key.Address;

    /// <summary>Deposits that the operator has acknowledged.</summary>
    public Money Funded { get; private set; }

    /// <summary>Deposits that were ever asked for.</summary>
    public Money Asked { get; private set; }

    /// <summary>Acknowledged and not yet seen closed.</summary>
    public SortedSet<DeploymentId> Deployments { get; } = [];

    public DeploymentId LatestDeployment { get; private set; }

    /// <summary>Whether it is between a first try and its answer.</summary>
    public bool IsSubmitting { get; private set; }

    private IAccountGrain Account => _world.Grains.GetGrain<IAccountGrain>(Address.ToString());

    public void Start() => _world.Spawn("tenant", Live);

    public void Dispose() => _key.Dispose();

    /// <summary>Closes until it is closed.</summary>
    public async Task CloseFor(DeploymentId id)
    {
        while (true)
        {
            var view = await World.Ask(() => DeploymentOf(id).Close(Address));
            if (view?.Phase == DeploymentPhase.Closed)
            {
                Deployments.Remove(id);
                return;
            }

            await _world.Delay(RetryAfter);
        }
    }

    private async Task Live()
    {
        await Fund(_random.Chance(_world.Options.PoorTenants) ? new Money(_random.Next(5_000, 60_000)) : Money.FromTokens(_random.Next(20, 200)));
        while (true)
        {
            await _world.Delay(_world.Options.DeploymentEvery * (2 * _random.NextDouble()));
            if (_world.IsDraining) return;
            if (_world.AreTenantsAsleep) continue;
            IsSubmitting = true;
            await Deploy(ManifestTexts.All[_random.Next(ManifestTexts.All.Count)]);
            IsSubmitting = false;
        }
    }

    private async Task Fund(Money amount)
    {
        var order = _world.Operator.Sign(new FundOrder(_identity.Operator, Address, amount, Keys.HashOf(_world.Options.Seed, $"fund {_index}")));
        Asked += amount;
        while (await World.Ask(() => _world.Grains.GetGrain<ILocalLedgerGrain>(Address.ToString()).Fund(order)) is not { IsBooked: true }) await _world.Delay(RetryAfter);
        Funded += amount;
        while (await World.Ask(() => Account.Refresh()) is null) await _world.Delay(RetryAfter);
    }

    private async Task Deploy(string text)
    {
        if (await Submit(text, new Money(_random.Next(2_000, 3_000_000))) is { } id) _world.Spawn("follows", () => Follow(id));
    }

    /// <returns>Null where it was not taken; else it is this tenant's to close.</returns>
    public async Task<DeploymentId?> Submit(string text, Money maximum)
    {
        if (await World.Ask(() => Account.GetView()) is not { } account) return null;
        var authorization = Sign(account, text, maximum);
        var id = DeploymentIds.Derive(authorization.Value, _identity.Domain);
        LatestDeployment = id;
        var submission = new DeploymentSubmission(authorization, text, [], [], null);
        SubmitResult? answer;
        while ((answer = await World.Ask(() => DeploymentOf(id).Submit(submission))) is null) await _world.Delay(RetryAfter);
        if (!answer.IsAccepted) return null;
        Deployments.Add(id);
        return id;
    }

    private Signed<Authorization> Sign(AccountView account, string text, Money maximum)
    {
        var authorization = new Authorization(
            _identity.Operator, Address, Address, Hash256.Zero, account.NextSequence, Hash256.Zero, SealedManifest.HashOf(ManifestTexts.Read(text))!.Value,
            new RatePerHour(20 * Money.MicroUnitsPerToken), maximum, account.Paid + account.Burned + account.AuthorizedOpen + maximum,
            _world.Virtual.Time.GetUtcNow().AddDays(1).ToUnixTimeSeconds(), Hash256.Zero);
        return authorization.Sign(_key, _identity.Domain);
    }

    /// <summary>Looks now and then; closes it after a while, or leaves that to its end.</summary>
    private async Task Follow(DeploymentId id)
    {
        var closesAt = _random.Chance(ClosesItself) ? _world.Virtual.Elapsed + _random.Between(TimeSpan.FromSeconds(5), LongestWait) : TimeSpan.MaxValue;
        while (!_world.IsDraining && _world.Virtual.Elapsed < closesAt)
        {
            await _world.Delay(_random.Between(_world.Tick, _world.Tick * 6));
            if (_world.AreTenantsAsleep) continue;
            if (await World.Ask(() => DeploymentOf(id).GetView()) is not { Phase: DeploymentPhase.Closed }) continue;
            Deployments.Remove(id);
            return;
        }

        while (_world.AreTenantsAsleep) await _world.Delay(_world.Tick);
        await CloseFor(id);
    }

    private IDeploymentGrain DeploymentOf(DeploymentId id) => _world.Grains.GetGrain<IDeploymentGrain>(id.ToString());
}
