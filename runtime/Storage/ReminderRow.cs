namespace Grid.Runtime.Storage;

/// <summary>A reminder as it is stored. Ticks are 100 ns, the start in UTC.</summary>
internal readonly record struct ReminderRow(RowKey Key, uint Hash, long StartAtTicks, long PeriodTicks, long Version);
