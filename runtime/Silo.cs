using Grid.Runtime.Activations;
using Grid.Runtime.Calls;
using Grid.Runtime.Hosting;
using Grid.Runtime.Observers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime;

/// <summary>The actor model itself, on whatever host: where calls go out and come in.</summary>
internal sealed partial class Silo
{
    private readonly GrainClasses _classes;

    public Silo(IHost host, GrainClasses classes, LocalSiloOptions options)
    {
        Host = host;
        Options = options;
        _classes = classes;
        Catalog = new Catalog(this);
        Observers = new ObserverCatalog(this);
        Grains = new GrainFactory(this, classes);
    }

    public IHost Host { get; }

    public LocalSiloOptions Options { get; }

    public Catalog Catalog { get; }

    public ObserverCatalog Observers { get; }

    public GrainFactory Grains { get; }

    public IServiceProvider Services { get; private set; } = null!;

    public IIncomingGrainCallFilter[] Filters { get; private set; } = [];

    public ILogger Log { get; private set; } = NullLogger.Instance;

    public bool IsUp { get; private set; }

    /// <summary>Raised by every crash: messages of an earlier epoch are lost.</summary>
    public int Epoch { get; private set; }

    public void Start(IServiceProvider services)
    {
        Services = services;
        Filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Grid.Runtime.Silo");
        IsUp = true;
    }

    /// <summary>All activations and observers are gone at once, as when the process dies.</summary>
    public void Crash()
    {
        IsUp = false;
        Epoch++;
        foreach (var activation in Catalog.All())
            activation.Crash();
        Catalog.Clear();
        Observers.Clear();
    }

    /// <summary>Sends a call whose address and arguments are set.</summary>
    public Task<T> Send<T>(Call<T> call)
    {
        var method = call.Method;
        if (method.IsOneWay)
        {
            Host.Send(call);
            return OneWayResult<T>.Completed;
        }

        // What a grain awaits comes back to its own queue; only foreign code could run inside the turn that answers.
        var answer = call.ExpectAnswer(call.Caller is null ? Host.AnswerOptions : TaskCreationOptions.None);
        Host.Await(call, method.ResponseTimeout ?? Options.ResponseTimeout);
        Host.Send(call);
        return answer;
    }

    /// <summary>A call has arrived.</summary>
    public void Receive(Call call)
    {
        try
        {
            Queue(call);
        }
        catch (Exception error) when (error is OrleansException or ArgumentException)
        {
            Refuse(call, error);
        }
    }

    /// <summary>A call that an activation has not started goes to the grain's next activation.</summary>
    public void Reroute(Call call)
    {
        if (call.TryReroute())
            Receive(call);
        else
            Refuse(call, new OrleansException($"{call.Method.Name} of {call.TargetId}: {Limits.ReroutesPerCall} activations ended before they ran it"));
    }

    public void Refuse(Call call, Exception error)
    {
        if (call.Method.IsOneWay)
            LogOneWayFailed(Log, call.Method.Name, call.TargetId, error);
        call.Refuse(error);
        Host.Answer(call);
    }

    /// <summary>A call has ended on its activation.</summary>
    public void Answered(Call call, Exception? error)
    {
        if (error is not null && call.Method.IsOneWay)
            LogOneWayFailed(Log, call.Method.Name, call.TargetId, error);
        Host.Answer(call);
    }

    public Activation NewActivation(GrainId grainId) => new(this, _classes.ForType(grainId.Type), grainId);

    public static SiloUnavailableException Gone(Call call) =>
        new($"{call.Method.Name} of {call.TargetId}: the silo is gone; whether the call had its effect is not known");

    public static TimeoutException TimedOut(Call call) =>
        new($"{call.Method.Name} of {call.TargetId} has not answered in time; whether it had its effect is not known");

    private void Queue(Call call)
    {
        if (!IsUp)
            throw new SiloUnavailableException($"{call.Method.Name} of {call.TargetId}: the silo is down");
        var reference = call.Reference;
        if (reference.LastCallee is { } known && known.TryPost(call))
            return;
        CallQueue callee;
        do
            callee = Observers.Find(reference.GrainId) ?? (CallQueue)Catalog.GetOrCreate(reference.GrainId);
        while (!callee.TryPost(call));
        reference.LastCallee = callee;
    }

    private static class OneWayResult<T>
    {
        public static readonly Task<T> Completed = Task.FromResult<T>(default!);
    }
}
