namespace Grid.Client;

/// <summary>What one of several operators said.</summary>
/// <param name="Answer">Null where it is away.</param>
/// <param name="Away">Why it did not answer.</param>
public sealed record OperatorAnswer<T>(GridClient Client, T? Answer, GridException? Away)
    where T : class;
