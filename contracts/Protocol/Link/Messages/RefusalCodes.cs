using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Link.Messages;

/// <summary>Why a node refuses a proposal.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RefusalCode>))]
public enum RefusalCode
{
    /// <summary>Its ledger has bound the capacity or a device already.</summary>
    CapacityBound,
    DeviceUnknown,
    BelowListedPrice,
    AuthorizationInvalid,
    ManifestInvalid,
    ManifestHashDiffers,
    SecretNotReadable,
    ImageNotAllowed,
    IsolationNotAchieved,
    InMaintenance,
    Expired,
    TooManyLeases,
    Internal,
}

/// <summary>Why an operator does not let a node's session stand.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SessionRefusalCode>))]
public enum SessionRefusalCode
{
    /// <summary>Too many at once: come back later.</summary>
    Busy,

    /// <summary>The operator is shutting down.</summary>
    Draining,
    OfferInvalid,
    OfferStale,
    OwnerConsentMissing,
    PretendedDevices,
    NotEnrolled,

    /// <summary>A newer session of the same node stands.</summary>
    Superseded,
    ProtocolVersion,
}
