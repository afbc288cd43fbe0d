using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>The way between one node and its operator, with everything that can happen on it.</summary>
internal sealed class Wire(World world, SimulatedNode node, SimulatedRandom random)
{
    private static readonly TimeSpan FastestMessage = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan SlowestMessage = TimeSpan.FromMilliseconds(80);

    private int _onTheirWay;

    /// <summary>To the node; late, lost or doubled.</summary>
    public Task Down(NodeSession session, Func<Task> arrive) => Send(session, Latency(), arrive);

    /// <summary>To the node; a hint may come much later.</summary>
    public Task DownAsHint(NodeSession session, Func<Task> arrive) => Send(session, HintLatency(), arrive);

    /// <summary>From the node to its operator.</summary>
    /// <returns>False where it is lost on the way.</returns>
    public async Task<bool> Up(NodeSession session)
    {
        await world.Delay(Latency());
        return IsThrough(session);
    }

    public bool IsThrough(NodeSession session) => session.IsOpen && node.IsUp && !node.IsCutOff && !IsLost();

    public bool IsDoubled() => world.AreFaultsOn && random.Chance(world.Plan.WireDoubling);

    private Task Send(NodeSession session, TimeSpan latency, Func<Task> arrive)
    {
        Start(session, latency, arrive);
        if (IsDoubled()) Start(session, latency + Latency(), arrive);
        return Task.CompletedTask;
    }

    private void Start(NodeSession session, TimeSpan latency, Func<Task> arrive)
    {
        if (_onTheirWay >= Limits.WireMessages) return;
        _onTheirWay++;
        world.Spawn("wire", async () =>
        {
            await world.Delay(latency);
            _onTheirWay--;
            if (IsThrough(session)) await arrive();
        });
    }

    private TimeSpan Latency() => random.Between(FastestMessage, SlowestMessage);

    private TimeSpan HintLatency() => world.AreFaultsOn && random.Chance(world.Plan.LateHint) ? random.Between(TimeSpan.Zero, world.Plan.LatestHint) : Latency();

    private bool IsLost() => world.AreFaultsOn && random.Chance(world.Plan.WireLoss);
}
