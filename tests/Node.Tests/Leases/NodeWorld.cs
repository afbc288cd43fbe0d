using Grid.Chain.Crypto;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Grid.Tests.Node.Leases;

/// <summary>A node's ledger on virtual time, between an engine and operators that are played by the test. A crash of its process loses all but what was stored.</summary>
internal sealed class NodeWorld : IWorkloads, INodeOutbox, IBootClock, IClaimFiles, IDisposable
{
    private readonly Simulation _simulation;
    private readonly NodeIdentity _identity = new(Sample.NodeKey, Sample.Domain, SealingKeyPair.Generate());

    public NodeWorld()
    {
        var options = new SimulationOptions { Start = Sample.Now, StateSerializer = new JsonGrainStorageSerializer(NodeStateJson.Default) };
        _simulation = new Simulation(7, options, silo =>
        {
            silo.AddGrain<NodeGrain>();
            silo.Services.AddSingleton(_identity).AddSingleton(new ListedTerms(Sample.Terms())).AddSingleton(new NodeAbilities(true))
                .AddSingleton<IWorkloads>(this).AddSingleton<INodeOutbox>(this).AddSingleton<IBootClock>(this).AddSingleton<IClaimFiles>(
                    this);
        });
    }

    public SimulationFaults Faults => _simulation.Faults;

    public string BootId { get; set; } = "boot 1";

    public long NowMs => (long)_simulation.Elapsed.TotalMilliseconds;

    public List<NodeLease> Starts { get; } = [];

    public List<LeaseId> Stops { get; } = [];

    public List<LeaseId> Retired { get; } = [];

    public Dictionary<LeaseId, long> StopAtMs { get; } = [];

    public List<(Address Operator, ControlMessage Message)> Posted { get; } = [];

    /// <summary>As it lies on the disk.</summary>
    public NodeLedger Stored => _simulation.Storage.Peek<NodeState>("node", GrainId.Create("node", INodeGrain.Key))?.Ledger ?? Ask(static node => node.GetLedger());

    void IWorkloads.Start(NodeLease lease) => Starts.Add(lease);

    void IWorkloads.Extend(LeaseId lease, long stopAtBootMs) => StopAtMs[lease] = stopAtBootMs;

    void IWorkloads.Stop(LeaseId lease) => Stops.Add(lease);

    void IWorkloads.Retire(LeaseId lease) => Retired.Add(lease);

    public Dictionary<LeaseId, LeaseEvidence> Claims { get; } = [];

    void IClaimFiles.Keep(Address @operator, LeaseEvidence evidence) => Claims[evidence.Lease] = evidence;

    public void Post(Address @operator, ControlMessage message) => Posted.Add((@operator, message));

    public IEnumerable<T> Heard<T>(PrivateKey @operator)
        where T : ControlMessage => Posted.Where(post => post.Operator == @operator.Address).Select(static post => post.Message).OfType<T>().ToArray();

    public T Ask<T>(Func<INodeGrain, Task<T>> call)
    {
        var answer = default(T);
        Tell(async node => answer = await call(node));
        return answer!;
    }

    public void Tell(Func<INodeGrain, Task> call)
    {
        Exception? failure = null;
        var asked = _simulation.Spawn("test", async () =>
        {
            try
            {
                await call(_simulation.Client.GetGrain<INodeGrain>(INodeGrain.Key));
            }
            catch (Exception thrown)
            {
                // Thrown on the test's own thread below: inside, it would end the simulation.
                failure = thrown;
            }
        });
        for (var i = 0; i < 1000 && !asked.IsCompleted; i++) _simulation.RunFor(TimeSpan.FromMilliseconds(1));
        Assert.True(asked.IsCompleted, "the node has not answered");
        if (failure is not null) throw new InvalidOperationException("The node refused.", failure);
    }

    public void Pass(double seconds) => _simulation.RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Seconds in which the operator answers every heartbeat.</summary>
    public void PassHeardBy(PrivateKey @operator, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Tell(node => node.Take(@operator.Address, new HeartbeatSeen(0)));
            Pass(1);
        }
    }

    /// <summary>The node's process dies and another takes its place; its workloads, if the machine did not boot, run on.</summary>
    public void Restart(bool boots = false)
    {
        _simulation.Crash();
        if (boots) BootId = "boot 2";
        Posted.Clear();
        Starts.Clear();
        Stops.Clear();
        _simulation.Restart();
        Tell(static node => node.GetLedger());
    }

    /// <summary>The node's process is dead for a while; its supervisor and its workloads are not.</summary>
    public void Down(double seconds)
    {
        _simulation.Crash();
        Pass(seconds);
        Posted.Clear();
        Stops.Clear();
        _simulation.Restart();
        Tell(static node => node.GetLedger());
    }

    public ProposalAnswer Propose(PrivateKey @operator, Proposal proposal) => Ask(node => node.Propose(@operator.Address, proposal));

    public NodeLease Lease(int number) => Ask(static node => node.GetLedger()).Leases[Sample.Lease(number)];

    /// <summary>Accepted, opened, and running in one service named job.</summary>
    public NodeLease Run(PrivateKey @operator, int number, long paidSeconds = 60, Proposal? proposal = null)
    {
        var answer = Propose(@operator, proposal ?? Sample.Proposal(@operator, number, expiry: Sample.Now.AddHours(1).ToUnixTimeSeconds()));
        Tell(node => node.Take(@operator.Address, Sample.Open(@operator, answer.Accepted!, paidSeconds)));
        Seen(number, WorkloadPhase.Running);
        return Lease(number);
    }

    public void Seen(int number, WorkloadPhase phase, long? startedMs = null, string? boot = null) =>
        Tell(node => node.Observe(Sample.Lease(number), new Observation(StatusOf(phase, null), false, boot ?? BootId, startedMs ?? NowMs, null, CloseReason.None)));

    public void Ended(int number, int exitCode = 0, CloseReason cause = CloseReason.Completed, long? endedMs = null, IReadOnlyList<WorkloadOutput>? outputs = null, long startedMs = 0) =>
        Tell(node => node.Observe(
            Sample.Lease(number), new Observation(StatusOf(WorkloadPhase.Exited, exitCode) with { Outputs = outputs ?? [] }, true, BootId, startedMs, endedMs ?? NowMs, cause)));

    /// <summary>The operator signs the last receipt that it was sent.</summary>
    public Receipt Countersign(PrivateKey @operator)
    {
        var receipt = Heard<ReceiptProposed>(@operator).Last().Receipt.Value;
        Tell(node => node.Take(@operator.Address, new ReceiptCountersigned(receipt.Lease, receipt.Seconds, receipt.Sign(@operator, Sample.Domain).Signature)));
        return receipt;
    }

    public void Dispose() => _simulation.Dispose();

    private static WorkloadStatus StatusOf(WorkloadPhase phase, int? exitCode) => new("job", 0, 0, phase, exitCode, false, 0, []);
}
