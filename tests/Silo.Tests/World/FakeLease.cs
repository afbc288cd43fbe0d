using System.Collections.Concurrent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Tests.Silo.World;

/// <summary>One lease as a fake node keeps it: seconds by the real clock, receipts one after the other.</summary>
internal sealed class FakeLease(Proposal proposal, FencingToken token, IReadOnlyDictionary<string, string> secrets, Eip712Domain domain)
{
    private readonly Lock _gate = new();
    private long _startedAt;
    private long _ended = -1;
    private long _paidThrough;
    private Receipt? _last;
    private bool _isAnswered = true;
    private CloseReason _reason;

    public LeaseId Id => proposal.Lease;

    /// <summary>What a node keeps to claim by, should its operator vanish.</summary>
    public Signed<Opening>? Opening { get; private set; }

    public Signed<PaidThrough>? PaidThrough { get; private set; }

    public Signed<Receipt>? LastReceipt { get; set; }

    public Proposal Proposal => proposal;

    public IReadOnlyDictionary<string, string> Secrets => secrets;

    public ConcurrentDictionary<string, string> Inputs { get; } = new();

    public bool IsReleased { get; set; }

    public int Starts { get; private set; }

    public ManifestService Service => SealedManifest.Read(proposal.Manifest).Services[0];

    public NodeLeasePhase Phase { get; private set; } = NodeLeasePhase.Accepted;

    public long PaidThroughSeconds
    {
        get
        {
            lock (_gate) return _paidThrough;
        }
    }

    public long Seconds
    {
        get
        {
            lock (_gate)
            {
                if (_startedAt == 0) return 0;
                var lived = (long)TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds;
                return _ended >= 0 ? _ended : Math.Min(lived, _paidThrough);
            }
        }
    }

    public void Start(long paidThroughSeconds)
    {
        lock (_gate)
        {
            Starts++;
            _startedAt = TimeProvider.System.GetTimestamp();
            _paidThrough = paidThroughSeconds;
            Phase = NodeLeasePhase.Running;
        }
    }

    public void Keep(Signed<Opening>? opening, Signed<PaidThrough> paidThrough) => (Opening, PaidThrough) = (opening ?? Opening, paidThrough);

    public void Extend(long seconds)
    {
        lock (_gate) _paidThrough = Math.Max(_paidThrough, seconds);
    }

    public void End(long closeSeconds, CloseReason reason)
    {
        var seconds = Math.Min(Seconds, closeSeconds);
        lock (_gate)
        {
            if (_ended >= 0) return;
            (_ended, _reason, Phase) = (seconds, reason, NodeLeasePhase.Ended);
        }
    }

    public void Countersigned(long seconds)
    {
        lock (_gate) _isAnswered |= _last?.Seconds == seconds;
    }

    /// <returns>The open one again until it is countersigned; null where there is nothing new.</returns>
    public (Receipt Receipt, Provenance Provenance)? NextReceipt()
    {
        var seconds = Seconds;
        var provenance = new Provenance(proposal.Authorization.Value.ManifestHash, [Hash256.Zero], [], []);
        lock (_gate)
        {
            if (_startedAt == 0) return null;
            if (!_isAnswered) return (_last!, provenance);
            if (_last is not null && _last.Seconds == seconds) return null;
            var previous = _last?.Digest(domain) ?? Hash256.Zero;
            _last = new Receipt(Id, seconds, proposal.RatePerHour.ChargeRoundedDown(seconds), provenance.Hash(), previous);
            _isAnswered = false;
            return (_last, provenance);
        }
    }

    /// <summary>As of a lease that must stop where its operator does not hear of it.</summary>
    public LeaseBeat Beat() => new(Id, Seconds, Phase, Environment.TickCount64);

    public BoundLease Bound() => new(Id, token, proposal.Requested, Seconds, Phase, PaidThroughSeconds, [], Phase == NodeLeasePhase.Ended ? _reason : null);

    public WorkloadStatus Status(WorkloadPhase phase, int? exitCode, IReadOnlyList<WorkloadOutput> outputs) => new(Service.Name, 0, 0, phase, exitCode, false, Seconds, outputs);
}
