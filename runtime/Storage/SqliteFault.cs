namespace Grid.Runtime.Storage;

/// <summary>SQLite refused or failed a call. Stays inside the store, which turns it into what the caller may assume.</summary>
internal sealed class SqliteFault(int code, string doing, string message)
    : Exception($"SQLite error {code} while it was {doing}: {message}.")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code => code;
}
