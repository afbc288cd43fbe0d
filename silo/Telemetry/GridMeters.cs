using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grid.Protocol.Link.Messages;
using Grid.Silo.Links;

namespace Grid.Silo.Telemetry;

/// <summary>What a silo measures of its own, besides what the web server does. No ids are in it: their number has no bound.</summary>
internal sealed class GridMeters : IDisposable
{
    public const string Name = "Grid.Silo";

    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _reportMs;

    public GridMeters(IMeterFactory meters, NodeSessions sessions)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableGauge("grid.silo.sessions", () => sessions.Count, "{session}", "Nodes that are connected.");
        _messages = _meter.CreateCounter<long>("grid.silo.link.messages", "{message}", "Control messages from nodes.");
        _refusals = _meter.CreateCounter<long>("grid.silo.link.refusals", "{session}", "Sessions that were refused or ended by the operator.");
        _reportMs = _meter.CreateHistogram<double>("grid.silo.lease.report", "ms", "From a lease's report to its directive.");
    }

    /// <summary>Spans of the work on node links.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    public void Received(ControlMessage message) => _messages.Add(1, new KeyValuePair<string, object?>("type", message.GetType().Name));

    public void Refused(SessionRefusalCode code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code.ToString()));

    public void Reported(TimeSpan took) => _reportMs.Record(took.TotalMilliseconds);

    public void Dispose() => _meter.Dispose();
}
