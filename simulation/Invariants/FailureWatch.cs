using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>A grain may fail because its infrastructure does, and for no other reason: every other exception that leaves a grain is a bug.</summary>
internal sealed class FailureWatch(Func<Verdicts> verdicts) : IIncomingGrainCallFilter, ILoggerProvider, ILogger
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure)
        {
            Judge($"{context.TargetId}.{context.MethodName}", failure);
            throw;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null) Judge(formatter(state, exception), exception);
    }

    public void Dispose()
    {
    }

    private void Judge(string where, Exception failure)
    {
        if (IsInfrastructure(failure)) return;
        var invariant = failure is InvariantBrokenException broken ? broken.Id : "INV-GRAIN-01";
        verdicts().Check(false, invariant, where, "no failure but the infrastructure's", failure.ToString());
    }

    private static bool IsInfrastructure(Exception failure) => failure is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException;
}
