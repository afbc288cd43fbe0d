using System.Diagnostics.Metrics;
using Grid.Silo.Links;

namespace Grid.Silo.Telemetry;

/// <summary>What a silo counts of its own, besides what the web server does.</summary>
internal sealed class GridMeters : IDisposable
{
    public const string Name = "Grid.Silo";

    private readonly Meter _meter;

    public GridMeters(IMeterFactory meters, NodeSessions sessions)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableGauge("grid.silo.sessions", () => sessions.Count, "{session}", "Nodes that are connected.");
    }

    public void Dispose() => _meter.Dispose();
}
