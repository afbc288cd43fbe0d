using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Providers;

namespace Grid.Silo.Links;

/// <summary>A proposal as the node reads it.</summary>
internal static class WireProposal
{
    /// <param name="secrets">Sealed to the node.</param>
    public static Proposal Of(LeaseProposal proposal, OperationId operation, IReadOnlyList<SealedSecret> secrets) => new(
        operation,
        proposal.Lease,
        proposal.Order,
        proposal.Authorization,
        proposal.Manifest,
        proposal.Placement,
        (uint)proposal.Ordinal,
        proposal.Wanted,
        proposal.Rate,
        (uint)proposal.FeePpm,
        (int)Math.Min(proposal.RunAheadSeconds, int.MaxValue),
        proposal.ExpiresAt.ToUnixTimeSeconds(),
        secrets,
        proposal.Inputs,
        proposal.TenantKey);
}
