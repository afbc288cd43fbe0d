using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>
/// A provider's machine with its node and the silo's end of its link in one: the real node's rules and signatures over a durable ledger, workloads that
/// outlive the node's process, and a clock that counts since boot.
/// </summary>
internal sealed partial class SimulatedNode : IDisposable
{
    private readonly World _world;
    private readonly PrivateKey _key;
    private readonly SimulatedRandom _random;
    private readonly NodeRules _rules;
    private readonly Signed<Offer> _offer;
    private readonly GridIdentity _identity;
    private readonly SortedSet<LeaseId> _exchanging = [];
    private NodeSession? _session;
    private FencingToken _newestToken;
    private TimeSpan _bootedAt;

    // On its disk, for each lease: its operator may be heard of others and be cut off from this one.
    private readonly SortedDictionary<LeaseId, TimeSpan> _heardAt = [];
    private int _boot;

    public SimulatedNode(World world, int index)
    {
        _world = world;
        _rules = world.Options.Tampering.Node;
        _identity = world.Operator.Identity;
        _random = world.Virtual.Random.Fork();
        _key = Keys.Of(world.Options.Seed, $"node {index}");
        Terms = NodeOffers.Terms(_key.Address, index, _random);
        _offer = NodeOffers.Sign(Terms, _key, _identity.Domain);
        Clock = new WallClock().Over(world.Virtual.Time);
        Wire = new Wire(world, this, world.Virtual.Random.Fork());
    }

    public ProviderId Id => Terms.Provider;

    public OfferTerms Terms { get; }

    public Wire Wire { get; }

    public WallClock Clock { get; }

    /// <summary>On its disk.</summary>
    public NodeLedger Ledger { get; private set; } = new();

    public bool IsUp { get; private set; } = true;

    public TimeSpan UpSince { get; private set; }

    /// <summary>While its process is down a node stops nothing; it has to within a tick of coming back.</summary>
    public bool IsAwake => IsUp && _world.Virtual.Elapsed - UpSince > _world.Tick;

    /// <summary>Nothing passes between it and its operator.</summary>
    public bool IsCutOff { get; set; }

    public bool IsConnected => _session is not null;

    /// <summary>Since the machine booted.</summary>
    public long BootMs => (long)(_world.Virtual.Elapsed - _bootedAt).TotalMilliseconds;

    private string BootId => string.Create(CultureInfo.InvariantCulture, $"boot {_boot}");

    private long NowUnixSeconds => Clock.GetUtcNow().ToUnixTimeSeconds();

    private IProviderGrain Provider => _world.Grains.GetGrain<IProviderGrain>(Id.ToString());

    public void Start()
    {
        _world.Spawn("node's clock", () => EveryTick(() =>
        {
            Tick();
            return Task.CompletedTask;
        }));
        _world.Spawn("node's link", () => EveryTick(Talk));
    }

    /// <summary>The node's process dies; with its machine, everything that runs on it does.</summary>
    public void Crash(bool isReboot)
    {
        if (!IsUp) return;
        IsUp = false;
        LinkLost();
        if (isReboot) PowerOff();
    }

    public void Restart()
    {
        if (IsUp) return;
        IsUp = true;
        UpSince = _world.Virtual.Elapsed;
        Ledger = _rules.AfterRestart(Ledger);
    }

    public void Heal()
    {
        IsCutOff = false;
        Clock.Offset = TimeSpan.Zero;
        Restart();
    }

    public void Dispose() => _key.Dispose();

    private async Task EveryTick(Func<Task> act)
    {
        await _world.Delay(_random.Between(TimeSpan.Zero, _world.Tick));
        while (true)
        {
            if (IsUp) await act();
            await _world.Delay(_world.Tick);
        }
    }

    private void PowerOff()
    {
        foreach (var history in _world.Leases.Values.Where(history => history.Node == this)) history.PoweredOff();
        _boot++;
        _bootedAt = _world.Virtual.Elapsed;
    }
}
