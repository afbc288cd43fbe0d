using System.Reflection;
using Grid.Runtime.Activations;
using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>One call of a grain method: message, filter context and answer in one object.</summary>
internal abstract class Call : Request, IIncomingGrainCallContext
{
    private int _filtersEntered;
    private int _reroutes;

    public GrainReference Reference { get; private set; } = null!;

    public GrainMethod Method { get; private set; } = null!;

    /// <summary>The activation that calls, or null.</summary>
    public Activation? Caller { get; private set; }

    /// <summary>Set on the second copy of a doubled message: it runs, and nobody waits for it.</summary>
    public bool IsDuplicate { get; private set; }

    /// <summary>Whether a simulated network may deliver it twice.</summary>
    public virtual bool MayBeDoubled => true;

    public override bool Interleaves => Method.Interleaves;

    /// <summary>Where the call stands among those that wait for an answer; owned by <see cref="PendingCallList"/>.</summary>
    public PendingCallLink Pending;

    public sealed override bool IsAbandoned => Pending.List is null && !IsDuplicate && !Method.IsOneWay;

    public object Grain => Callee!.Target;

    public MethodInfo InterfaceMethod => Method.InterfaceMethod;

    public string InterfaceName => Method.InterfaceName;

    public string MethodName => Method.Name;

    public abstract object? Result { get; set; }

    public GrainId? SourceId => Caller?.GrainId;

    public GrainId TargetId => Reference.GrainId;

    public MethodInfo ImplementationMethod => GrainClass.Implementation(Grain.GetType(), InterfaceMethod);

    public IGrainContext TargetContext => Callee as IGrainContext ?? throw new InvalidOperationException("an observer has no grain context");

    public void Address(GrainReference reference, GrainMethod method)
    {
        Reference = reference;
        Method = method;
        Caller = TaskScheduler.Current as Activation;
    }

    public Call Duplicate()
    {
        var copy = (Call)MemberwiseClone();
        copy.IsDuplicate = true;
        copy.Pending = default;
        return copy;
    }

    /// <summary>Whether a filter may look at the result as soon as the method has ended; else it is taken when the whole call has.</summary>
    protected bool IsFiltered => _filtersEntered > 0;

    /// <summary>Counts one more change of activation; false if that were too many.</summary>
    public bool TryReroute() => ++_reroutes <= Limits.ReroutesPerCall;

    Task IGrainCallContext.Invoke()
    {
        var filters = Callee!.Filters;
        return _filtersEntered < filters.Length ? filters[_filtersEntered++].Invoke(this) : InvokeTargetAsync();
    }

    public sealed override void Ended(Exception? error)
    {
        SetError(error);
        Reference.Target.Silo.Answered(this, error);
    }

    /// <summary>Makes an error the answer of a call that was never run.</summary>
    public void Refuse(Exception error) => SetError(error);

    /// <summary>Gives the caller the answer that the call carries.</summary>
    public abstract void Deliver();

    /// <summary>Gives the caller an error, unless he has an answer already.</summary>
    public abstract void Fail(Exception error);

    protected sealed override Task RunAsync() => ((IGrainCallContext)this).Invoke();

    protected abstract Task InvokeTargetAsync();

    protected abstract void SetError(Exception? error);
}
