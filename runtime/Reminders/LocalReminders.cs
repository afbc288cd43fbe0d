using Grid.Runtime.Activations;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace Grid.Runtime.Reminders;

/// <summary>The reminders of one silo: rows of a durable table, and a timer for each.</summary>
internal sealed partial class LocalReminders(Silo silo, IReminderTable table) : IReminderRegistry, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId Grain, string Name), ScheduledReminder> _scheduled = [];
    private readonly TaskQueue _queue = new(silo.Host);

    /// <summary>Schedules every row of the table.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        var rows = await table.ReadRows(0, 0);
        foreach (var row in rows.Reminders.OrderBy(r => r.GrainId).ThenBy(r => r.ReminderName, StringComparer.Ordinal))
            Schedule(row);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Limits.ReminderPeriodMin);
        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = silo.Host.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        entry.ETag = await table.UpsertRow(entry);
        return Schedule(entry);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        var scheduled = (ScheduledReminder)reminder;
        if (!await table.RemoveRow(callingGrainId, reminder.ReminderName, scheduled.Entry.ETag))
            throw new OrleansException($"reminder '{reminder.ReminderName}' of {callingGrainId} was changed or removed meanwhile; get it again");
        Unschedule(scheduled);
    }

    public async Task<IGrainReminder> GetReminder(GrainId callingGrainId, string reminderName)
    {
        var entry = await table.ReadRow(callingGrainId, reminderName);
        return entry is null ? null! : new ScheduledReminder(this, entry);
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        var rows = await table.ReadRows(callingGrainId);
        return [.. rows.Reminders.Select(row => new ScheduledReminder(this, row))];
    }

    /// <summary>Stops all ticks. The rows stay.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var reminder in _scheduled.Values)
                reminder.Dispose();
            _scheduled.Clear();
        }

        _queue.End();
    }

    /// <summary>The reminder's time has come.</summary>
    public void Due(ScheduledReminder reminder) => _queue.Post(() => _ = TickAsync(reminder));

    private async Task TickAsync(ScheduledReminder reminder)
    {
        var entry = reminder.Entry;
        var now = silo.Host.Time.GetUtcNow().UtcDateTime;
        try
        {
            if (now >= reminder.NextDue)
                await silo.Grains.GetGrain<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, now));
        }
        catch (Exception error)
        {
            LogTickFailed(silo.Log, entry.ReminderName, entry.GrainId, error);
        }

        reminder.Arm(silo.Host.Time);
    }

    private ScheduledReminder Schedule(ReminderEntry entry)
    {
        var reminder = new ScheduledReminder(this, entry);
        lock (_gate)
        {
            if (_scheduled.Remove((entry.GrainId, entry.ReminderName), out var replaced))
                replaced.Dispose();
            _scheduled.Add((entry.GrainId, entry.ReminderName), reminder);
        }

        reminder.Arm(silo.Host.Time);
        return reminder;
    }

    private void Unschedule(ScheduledReminder reminder)
    {
        lock (_gate)
        {
            if (_scheduled.Remove((reminder.Entry.GrainId, reminder.Entry.ReminderName), out var scheduled))
                scheduled.Dispose();
        }
    }

    [LoggerMessage(6, LogLevel.Warning, "reminder {Reminder} of {Grain} failed; it ticks again after its period")]
    private static partial void LogTickFailed(ILogger log, string reminder, GrainId grain, Exception error);
}
