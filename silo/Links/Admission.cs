using Grid.Protocol;
using Grid.Protocol.Link.Messages;

namespace Grid.Silo.Links;

/// <summary>What keeps a session from standing, before any grain is asked.</summary>
internal static class Admission
{
    public static Refused? RefusalOf(ControlMessage first, ProviderId provider, SessionServices services)
    {
        if (services.Drain.HasStarted) return Refuse(SessionRefusalCode.Draining, "the operator is shutting down.");
        if (first is not Hello hello) return Refuse(SessionRefusalCode.ProtocolVersion, "the first message must be hello.");
        var isFull = services.Sessions.Count >= services.Options.MaxSessions && !services.Sessions.TryFind(provider, out _);
        if (isFull) return Refuse(SessionRefusalCode.Busy, $"{services.Options.MaxSessions} nodes are connected already.");
        return RefusalOf(hello, provider, services);
    }

    public static Refused Refuse(SessionRefusalCode code, string message) => new(code, message, Limits.RetryAfterMs);

    private static Refused? RefusalOf(Hello hello, ProviderId provider, SessionServices services)
    {
        if (hello.Leases.Count > Limits.LeasesPerSession)
            return Refuse(SessionRefusalCode.OfferInvalid, $"leases has {hello.Leases.Count} entries, expected at most {Limits.LeasesPerSession}.");
        if (!hello.SealingKey.IsValidFor(provider.Value, services.Keys.Grid.Domain, services.Time.GetUtcNow()))
            return Refuse(SessionRefusalCode.OfferInvalid, "sealingKey is not signed by this link's key for this grid, or has expired.");
        if (!services.Parameters.AcceptsPretendedGpus && hello.Terms.Devices.Any(static device => device.IsPretended))
            return Refuse(SessionRefusalCode.PretendedDevices, "terms.devices lists pretended GPUs, which only a development grid takes.");
        if (hello.Terms.Owner != provider.Value && hello.Consent is null)
            return Refuse(SessionRefusalCode.OwnerConsentMissing, $"terms.owner is {hello.Terms.Owner}, who has not signed that this machine is theirs.");
        return null;
    }
}
