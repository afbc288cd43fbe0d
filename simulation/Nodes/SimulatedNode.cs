using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>
/// A machine's node as one operator sees it, with the silo's end of its link: the real node's rules and signatures over the machine's one ledger, workloads that
/// outlive the node's process, and a clock that counts since boot.
/// </summary>
internal sealed partial class SimulatedNode
{
    private readonly World _world;
    private readonly SimulatedRandom _random;
    private readonly NodeRules _rules;
    private readonly Signed<Offer> _offer;
    private readonly GridIdentity _identity;
    private readonly SortedSet<LeaseId> _exchanging = [];
    private NodeSession? _session;

    // On its disk, for each lease: its operator may be heard of others and be cut off from this one.
    private readonly SortedDictionary<LeaseId, TimeSpan> _heardAt = [];

    public SimulatedNode(World world, Machine machine)
    {
        (_world, Machine) = (world, machine);
        _rules = world.Options.Tampering.Node;
        _identity = world.Operator.Identity;
        _random = world.Virtual.Random.Fork();
        _offer = NodeOffers.Sign(Terms, machine.Key, _identity.Domain);
        Wire = new Wire(world, this, world.Virtual.Random.Fork());
        machine.Add(this);
    }

    public ProviderId Id => Terms.Provider;

    public Machine Machine { get; }

    public OfferTerms Terms => Machine.Terms;

    public Wire Wire { get; }

    public WallClock Clock => Machine.Clock;

    /// <summary>The machine's, over all its operators.</summary>
    public NodeLedger Ledger
    {
        get => Machine.Ledger;
        private set => Machine.Ledger = value;
    }

    public bool IsUp => Machine.IsUp;

    /// <summary>While its process is down a node stops nothing; it has to within a tick of coming back.</summary>
    public bool IsAwake => IsUp && _world.Virtual.Elapsed - Machine.UpSince > _world.Tick;

    /// <summary>Nothing passes between it and this operator.</summary>
    public bool IsCutOff { get; set; }

    public bool IsConnected => _session is not null;

    public long BootMs => Machine.BootMs;

    private string BootId => Machine.BootId;

    private long NowUnixSeconds => Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>What of the ledger is this operator's.</summary>
    private IEnumerable<NodeLease> Mine => Ledger.Leases.Values.Where(lease => lease.Operator == _identity.Operator);

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

    public void Crash(bool isReboot) => Machine.Crash(isReboot);

    public void Restart() => Machine.Restart();

    public void Heal()
    {
        IsCutOff = false;
        Clock.Offset = TimeSpan.Zero;
        Restart();
    }

    /// <summary>What ran of this operator's leases, ran until now.</summary>
    public void PoweredOff()
    {
        foreach (var history in _world.Leases.Values.Where(history => history.Node == this)) history.PoweredOff();
    }

    private async Task EveryTick(Func<Task> act)
    {
        await _world.Delay(_random.Between(TimeSpan.Zero, _world.Tick));
        while (true)
        {
            if (IsUp) await act();
            await _world.Delay(_world.Tick);
        }
    }
}
