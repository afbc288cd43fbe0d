using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Runtime.Simulation;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Simulation;

/// <summary>What a provider has whatever operators it sells through: a key, one durable ledger, a clock that counts since boot, and a process that may die.</summary>
internal sealed class Machine : IDisposable
{
    private readonly VirtualSilo _virtual;
    private readonly NodeRules _rules;
    private readonly List<SimulatedNode> _links = [];
    private TimeSpan _bootedAt;
    private int _boot;

    public Machine(VirtualSilo @virtual, ulong seed, int index, SimulatedRandom random, NodeRules rules)
    {
        (_virtual, _rules) = (@virtual, rules);
        Key = Keys.Of(seed, $"node {index}");
        Terms = NodeOffers.Terms(Key.Address, index, random);
        Clock = new WallClock().Over(@virtual.Time);
    }

    public PrivateKey Key { get; }

    public OfferTerms Terms { get; }

    public WallClock Clock { get; }

    /// <summary>On its disk.</summary>
    public NodeLedger Ledger { get; set; } = new();

    /// <summary>Given to anybody.</summary>
    public FencingToken NewestToken { get; set; }

    public bool IsUp { get; private set; } = true;

    public TimeSpan UpSince { get; private set; }

    /// <summary>Since the machine booted.</summary>
    public long BootMs => (long)(_virtual.Elapsed - _bootedAt).TotalMilliseconds;

    public string BootId => string.Create(CultureInfo.InvariantCulture, $"boot {_boot}");

    public void Add(SimulatedNode link) => _links.Add(link);

    /// <summary>The node's process dies; with its machine, everything that runs on it does.</summary>
    public void Crash(bool isReboot)
    {
        if (!IsUp) return;
        IsUp = false;
        foreach (var link in _links) link.LinkLost();
        if (!isReboot) return;
        foreach (var link in _links) link.PoweredOff();
        _boot++;
        _bootedAt = _virtual.Elapsed;
    }

    public void Restart()
    {
        if (IsUp) return;
        IsUp = true;
        UpSince = _virtual.Elapsed;
        Ledger = _rules.AfterRestart(Ledger);
    }

    public void Dispose() => Key.Dispose();
}
