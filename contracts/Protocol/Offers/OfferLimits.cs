namespace Grid.Protocol.Offers;

/// <summary>Bounds of an offer. What is signed and indexed is checked against them first.</summary>
public static class OfferLimits
{
    /// <summary>Micro-units per unit and hour (about 17 000 tokens): amount × rate stays exact in 64 bits.</summary>
    public const long MaxUnitRate = 1L << 34;

    public const int MaxDevices = 64;

    /// <summary>Every GPU model, and cores, memory and disk.</summary>
    public const int MaxGuidedPrices = MaxDevices + 3;

    public const int MaxAttributes = 64;
    public const int MaxAudits = 16;
    public const int MaxComplianceLabels = 32;
    public const int MaxTextBytes = 64;

    /// <summary>A model's name travels in fixed-width records.</summary>
    public const int MaxModelBytes = 16;

    public const int MaxBandwidthMbps = 10_000_000;
    public const int MaxVramMib = 1 << 24;
    public const int MaxSignatureBytes = 65;

    /// <summary>Of the file in which an owner's choices lie.</summary>
    public const int MaxChoicesBytes = 256 * 1024;
}
