using Orleans.Runtime;

namespace Orleans;

/// <summary>One reminder as its table keeps it: due first at <see cref="StartAt"/> (UTC), then every <see cref="Period"/>.</summary>
public sealed class ReminderEntry
{
    public GrainId GrainId { get; set; }

    public string ReminderName { get; set; } = "";

    public DateTime StartAt { get; set; }

    public TimeSpan Period { get; set; }

    public string ETag { get; set; } = "";

    public override string ToString() => $"{GrainId} {ReminderName} from {StartAt:O} every {Period} ({ETag})";
}

/// <summary>Rows of a reminder table.</summary>
public sealed class ReminderTableData
{
    public ReminderTableData() => Reminders = [];

    public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    public IList<ReminderEntry> Reminders { get; }

    public override string ToString() => $"{Reminders.Count} reminders";
}
