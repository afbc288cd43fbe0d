using Grid.Runtime.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class has to have.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

/// <summary>The base of grain classes. Constructed by the runtime only, on its own activation.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation _activation = Activation.Constructing;

    public IGrainContext GrainContext => _activation;

    public GrainReference GrainReference => _activation.GrainReference;

    public string IdentityString => _activation.GrainId.ToString();

    protected IGrainFactory GrainFactory => _activation.Silo.Grains;

    protected internal IServiceProvider ServiceProvider => _activation.ActivationServices;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation as soon as none of its calls runs; calls that wait go to the next one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation at least so long, however idle; a negative time takes that back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => _activation.DelayDeactivation(timeSpan);
}
