using System.Collections.Immutable;

namespace Grid.Simulation;

/// <summary>One row of the fault table, played out.</summary>
/// <param name="Row">Of the fault table.</param>
/// <param name="Name">What goes wrong.</param>
/// <param name="Invariants">What must hold all the same; without its guard one of them breaks.</param>
/// <param name="Options">The world that it is played in.</param>
/// <param name="Play">Runs the world; what it finds is among the world's violations.</param>
public sealed record Scenario(int Row, string Name, ImmutableArray<string> Invariants, WorldOptions Options, Action<World> Play)
{
    /// <param name="tampering">Takes the guard out, to see that the scenario fails without it.</param>
    public World Run(ulong seed, Tampering? tampering = null)
    {
        var world = new World(Options with { Seed = seed, Tampering = tampering ?? Tampering.None });
        Play(world);
        return world;
    }
}
