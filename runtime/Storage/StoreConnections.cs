namespace Grid.Runtime.Storage;

/// <summary>The writer and the readers of one store: all open and proved sound, or all closed. Opened and closed by one thread at a time.</summary>
internal sealed class StoreConnections(SqliteStoreOptions options) : IDisposable
{
    private Writer? _writer;
    private volatile bool _open;

    public bool AreOpen => _open;

    public Writer Writer => _writer ?? throw new StoreUnavailableException($"The store {options.Path} is closed.");

    public ReaderPool Readers { get; } = new(options.Path);

    /// <summary>Opens everything anew and proves that a transaction becomes durable; leaves everything closed when it does not.</summary>
    /// <exception cref="StoreException">What is wrong with the store.</exception>
    public void Open()
    {
        try
        {
            _writer = Writer.Open(options);
            _writer.Prove();
            Readers.Open();
            _open = true;
        }
        catch (Exception fault)
        {
            Close();
            if (fault is StoreException) throw;
            throw new StoreUnavailableException($"The store {options.Path} cannot be opened: {fault.Message}", fault);
        }
    }

    /// <summary>An open transaction is rolled back by it.</summary>
    public void Close()
    {
        _open = false;
        Readers.Close();
        _writer?.Dispose();
        _writer = null;
    }

    public void Dispose()
    {
        Close();
        Readers.Dispose();
    }
}
