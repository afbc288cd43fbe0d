using System.Diagnostics.CodeAnalysis;
using Grid.Runtime.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grid.Runtime.Activations;

/// <summary>One grain in memory: its life from the first call until it is idle, asked to end, or fails.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing that needs disposal.")]
internal sealed partial class Activation : CallQueue, IGrainContext
{
    private readonly GrainClass _class;
    private readonly List<IStoredState> _states = [];
    private readonly List<IDisposable> _timers = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private Phase _phase = Phase.Created;
    private DeactivationReason? _ending;
    private AsyncServiceScope? _scope;
    private long _lastUsedTicks;
    private long _notBeforeTicks;

    public Activation(Silo silo, GrainClass grainClass, GrainId grainId) : base(silo.Host)
    {
        Silo = silo;
        _class = grainClass;
        GrainId = grainId;
        _lastUsedTicks = Host.NowTicks;
    }

    private enum Phase
    {
        Created,
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    /// <summary>The activation whose grain is under construction right now.</summary>
    public static Activation Constructing =>
        TaskScheduler.Current as Activation ?? throw new InvalidOperationException("a grain is constructed by its silo, on its own activation");

    public Silo Silo { get; }

    public GrainId GrainId { get; }

    public GrainReference GrainReference => field ??= Silo.Grains.Reference(_class.Interfaces[0], GrainId);

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => (_scope ??= Silo.Services.CreateAsyncScope()).ServiceProvider;

    public Task Deactivated => _ended.Task;

    /// <summary>Cancelled when the activation begins to end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public override object Target => GrainInstance!;

    public override IIncomingGrainCallFilter[] Filters => Silo.Filters;

    protected override bool IsOpen => _phase == Phase.Active && _ending is null;

    protected override bool IsReentrant => _class.IsReentrant;

    /// <summary>Adds a state that is read before the grain is told that it is active.</summary>
    public void Add(IStoredState state) => _states.Add(state);

    /// <summary>Adds a timer that ends with this activation.</summary>
    public void Add(IDisposable timer) => _timers.Add(timer);

    public void Remove(IDisposable timer) => _timers.Remove(timer);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (IsCurrent)
            RequestEnd(deactivationReason);
        else
            Post(() => RequestEnd(deactivationReason));
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        var isForEver = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan;
        _notBeforeTicks = isForEver ? long.MaxValue : Host.NowTicks + Math.Max(0, timeSpan.Ticks);
    }

    /// <summary>Counts as a use, so it puts off idle deactivation.</summary>
    public void Touch() => _lastUsedTicks = Host.NowTicks;

    /// <summary>Whether nothing has used it since, as far as another thread can see.</summary>
    public bool IsIdleSince(long ticks) => _phase == Phase.Active && IsIdle && _lastUsedTicks <= ticks && _notBeforeTicks <= Host.NowTicks;

    /// <summary>Ends this activation if it is still idle when its turn comes.</summary>
    public void EndIfIdleSince(long ticks) => Post(() =>
    {
        if (IsIdleSince(ticks))
            RequestEnd(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "nothing has used it for its age limit"));
    });

    /// <summary>It is gone at once, with all that it has not stored, as after a crash.</summary>
    public void Crash()
    {
        Drop();
        _phase = Phase.Ended;
        DisposeTimers();
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => GrainId.ToString();

    protected override void Start(Request request)
    {
        // First the request waits, then the activation begins: it may fail at once, and fails what waits.
        base.Start(request);
        if (_phase == Phase.Created)
            _ = ActivateAsync();
    }

    protected override void OnEnded(Request request, Exception? error)
    {
        if (request is Calls.Call)
            Touch();
        if (error is InconsistentStateException { IsSourceActivation: true } conflict)
        {
            conflict.IsSourceActivation = false;
            RequestEnd(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, "the stored state is not the one in memory"));
        }

        EndIfAsked();
    }
}
