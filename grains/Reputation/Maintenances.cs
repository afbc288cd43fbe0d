using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Reputation;

/// <summary>The rules of announced maintenance: what counts is kept as evidence, and never taken back.</summary>
public static class Maintenances
{
    /// <returns>Why it does not count; null where it does, also where it is known already.</returns>
    public static Decision<ReputationState, string?> Announce(
        ReputationState state, ProviderId provider, Signed<Maintenance> notice, GridIdentity identity, EraSchedule schedule, long now)
    {
        if (notice.Value.Provider != provider) return new(state, $"provider is {notice.Value.Provider}, expected {provider}.");
        if (state.Maintenance.Any(known => known.Notice.Value == notice.Value)) return new(state, null);
        var kept = MaintenanceRules.Kept(state.Maintenance, schedule, now).ToArray();
        if (MaintenanceRules.Refusal(notice.Value, kept, schedule, now) is { } refusal) return new(state, refusal);
        var isSigned = notice.IsSignedBy(provider.Value, identity.Domain);
        if (!isSigned) return new(state, "the announcement is not signed by its provider for this grid.");
        var announced = kept.Append(new AnnouncedMaintenance(notice, now)).OrderBy(static one => one.Notice.Value.FromUnixSeconds);
        return new(state with { Maintenance = [.. announced] }, null, HasChanged: true);
    }
}
