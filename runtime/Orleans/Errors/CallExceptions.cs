namespace Orleans.Runtime;

/// <summary>A queue of the silo is full; the call was not made.</summary>
public sealed class LimitExceededException : OrleansException
{
    public LimitExceededException()
    {
    }

    public LimitExceededException(string message) : base(message)
    {
    }

    public LimitExceededException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"limit {limitName} exceeded: {current}, allowed {threshold} ({extraInfo}); ask again later")
    {
    }
}

/// <summary>A message was refused on its way.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    private protected OrleansMessageRejectionException()
    {
    }

    private protected OrleansMessageRejectionException(string message) : base(message)
    {
    }

    private protected OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The silo of the grain is gone: whether the call had its effect is not known.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException()
    {
    }

    public SiloUnavailableException(string msg) : base(msg)
    {
    }

    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The observer that was called is not there (any more).</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId observer) : base($"no observer {observer}: it was deleted, or its silo has restarted")
    {
    }
}

/// <summary>The activation that enumerated has ended, so the rest of the sequence is lost.</summary>
public sealed class EnumerationAbortedException : Exception
{
    public EnumerationAbortedException()
    {
    }

    public EnumerationAbortedException(string message) : base(message)
    {
    }

    public EnumerationAbortedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
