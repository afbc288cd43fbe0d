using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>Row 15: nodes come back before they are lost, and go on with what they have.</summary>
internal static class NodeRestarts
{
    public static void Play(World world)
    {
        world.Run();
        foreach (var reason in new[] { CloseReason.ProviderFailed, CloseReason.Replaced })
        {
            var ended = world.Settled.EndedFor(reason);
            world.Verdicts.Check(ended == 0, "INV-LEASE-07", "all leases", $"none ended for {reason}", $"{ended}");
        }
    }
}
