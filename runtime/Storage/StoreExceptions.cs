using Orleans.Runtime;

namespace Grid.Runtime.Storage;

/// <summary>Why the store did not do what it was asked. The subtype says what the caller may assume.</summary>
public abstract class StoreException(string message, Exception? inner = null) : OrleansException(message, inner!);

/// <summary>The store has another owner: another process, or another silo on the same file.</summary>
public sealed class StoreInUseException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>Nothing was written, and the same write may be tried again later.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>The queue of writes is full. Nothing was written; try again later, or send less.</summary>
public sealed class StoreBusyException(string message) : StoreException(message);

/// <summary>Another epoch owns the store. Nothing was written and this store has stopped for good.</summary>
public sealed class StoreFencedException(string message) : StoreException(message);

/// <summary>The commit was cut off: the write may or may not be durable. The caller must read again before it goes on.</summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : StoreException(message, inner);
