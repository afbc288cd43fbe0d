namespace Grid.Runtime.Hosting;

/// <summary>What may be chosen about a silo.</summary>
public sealed class LocalSiloOptions
{
    /// <summary>How long a caller waits for an answer, where the method says nothing else.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation stays without a call.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);
}
