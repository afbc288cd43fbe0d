using Grid.Chain.Crypto;
using Grid.Protocol.Slashing;

namespace Grid.Node.Leases;

/// <summary>Where that lies by which this node claims what a lease has earned, should its operator vanish.</summary>
public interface IClaimFiles
{
    /// <summary>In place of what was kept of that lease. A failure is told and changes nothing.</summary>
    void Keep(Address @operator, LeaseEvidence evidence);
}
