using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime.Reminders;

/// <summary>One reminder and the timer of its next tick.</summary>
internal sealed class ScheduledReminder(LocalReminders owner, ReminderEntry entry) : IGrainReminder, IDisposable
{
    // Timers of .NET end at 49.7 days: a later tick is approached in steps.
    private static readonly TimeSpan StepMax = TimeSpan.FromDays(30);

    private ITimer? _timer;
    private bool _isDisposed;

    public string ReminderName => entry.ReminderName;

    public ReminderEntry Entry => entry;

    /// <summary>When it ticks next, UTC.</summary>
    public DateTime NextDue { get; private set; }

    /// <summary>Sets the timer to the first due time that has not passed: a tick that was missed is not made up for.</summary>
    public void Arm(TimeProvider time)
    {
        if (_isDisposed)
            return;
        var now = time.GetUtcNow().UtcDateTime;
        var missed = now < entry.StartAt ? 0 : ((now - entry.StartAt).Ticks / entry.Period.Ticks) + 1;
        NextDue = entry.StartAt + (missed * entry.Period);
        var step = NextDue - now < StepMax ? NextDue - now : StepMax;
        using (ExecutionContext.SuppressFlow())
            _timer ??= time.CreateTimer(static self => ((ScheduledReminder)self!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(step, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer?.Dispose();
    }

    private void Due() => owner.Due(this);
}
