namespace Grid.Silo.Blobs;

internal static class Limits
{
    /// <summary>Ciphertext of one input.</summary>
    public const long MaxInputBytes = 4L << 30;

    /// <summary>Ciphertext of all inputs together.</summary>
    public const long MaxTotalBytes = 256L << 30;

    /// <summary>Uploads under way at the same time.</summary>
    public const int UploadsAtOnce = 32;

    /// <summary>An upload that no deployment names is removed after this.</summary>
    public const int UnclaimedHours = 24;

    public const int CopyBufferBytes = 64 * 1024;

    /// <summary>Inputs of one deployment.</summary>
    public const int InputsPerDeployment = 256;
}
