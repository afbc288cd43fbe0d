namespace Grid;

/// <summary>What a rule decided: the state after it, the answer, and whether there is anything to store.</summary>
public readonly record struct Decision<TState, TResult>(TState State, TResult Result, bool HasChanged = false);
