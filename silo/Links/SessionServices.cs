using Grid.Silo.Hosting;
using Grid.Silo.Operators;
using Grid.Silo.Telemetry;
using Orleans;

namespace Grid.Silo.Links;

/// <summary>What every session works with.</summary>
internal sealed record SessionServices(
    IGrainFactory Grains,
    OperatorKeys Keys,
    GridParameters Parameters,
    SiloOptions Options,
    NodeSessions Sessions,
    EnrolmentGate Enrolment,
    SessionCensus Census,
    ILeaseWatch Watch,
    InputStreams Inputs,
    ChallengeDesk Challenges,
    Drain Drain,
    GridMeters Meters,
    TimeProvider Time,
    ILogger<NodeSession> Log);
