namespace Grid.Protocol.Offers;

/// <summary>Storage classes of both manifest dialects. The values are stored and signed: append only.</summary>
public enum StorageClass : byte
{
    Default = 0,

    /// <summary><c>beta1</c>.</summary>
    Hdd = 1,

    /// <summary><c>beta2</c>.</summary>
    Ssd = 2,

    /// <summary><c>beta3</c>.</summary>
    Nvme = 3,

    /// <summary>Shared memory. Counted as memory, never persistent, priced as memory.</summary>
    Ram = 4,
}
