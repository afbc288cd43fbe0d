using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Signing;

/// <summary>Why a lease ended. The numbers are signed in <see cref="Close"/>: never reuse one.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CloseReason>))]
public enum CloseReason : byte
{
    None = 0,

    /// <summary>The tenant closed or updated the deployment.</summary>
    Tenant = 1,

    /// <summary>The asked duration is over.</summary>
    Duration = 2,

    /// <summary>The account can't hold the next step.</summary>
    Money = 3,

    ProviderFailed = 4,

    Maintenance = 5,

    /// <summary>Lost, and its replacement runs: billed up to the replacement.</summary>
    Replaced = 6,

    /// <summary>Every service of kind batch ended by itself.</summary>
    Completed = 7,

    /// <summary>A workload failed more often than its manifest retries.</summary>
    WorkloadFailed = 8,

    /// <summary>The node never started it; nothing is billed.</summary>
    NeverStarted = 9,
}
