using Grid.Runtime.Activations;
using Grid.Runtime.Calls;

namespace Grid.Runtime;

/// <summary>What differs between the live and the simulated host: who runs turns, how messages travel, what time it is.</summary>
internal interface IHost
{
    TimeProvider Time { get; }

    /// <summary>Monotonic time in ticks of 100 ns; may be up to <see cref="Limits.TimeoutGranularityMs"/> old.</summary>
    long NowTicks { get; }

    /// <summary>How the task that a caller awaits is made: his code must not run inside the turn of whoever answers.</summary>
    TaskCreationOptions AnswerOptions { get; }

    /// <summary>
    /// A timer that fires once, to be armed again by its user; with a due time of seconds it may be as late as a timeout.
    /// </summary>
    ITimer CreateTimer(TimerCallback callback, object state, TimeSpan dueTime, bool isCoarse);

    /// <summary>A number for a new queue, in the order of creation.</summary>
    long NextQueueNumber();

    /// <summary>The queue has something to run and is not scheduled yet.</summary>
    void Schedule(TurnQueue queue);

    /// <summary>Something is queued or created: the simulated host refuses that from threads that are not its own.</summary>
    void CheckThread();

    /// <summary>Starts to count the response timeout of a call.</summary>
    void Await(Call call, TimeSpan timeout);

    /// <summary>Sends the call to its grain.</summary>
    void Send(Call call);

    /// <summary>Sends the answer, which the call carries, to its caller.</summary>
    void Answer(Call call);
}
