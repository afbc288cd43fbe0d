using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>Every processor and every release must give these: stored match records are recomputed from them.</summary>
internal static class GoldenNumbers
{
    public static readonly int[] Nearness = [25600, 8341, 5287, 5106];
    public static readonly int[] Noise = [10618284, 18651270, -914522, 2368484];
    public static readonly Factors Factors = new(25_600, 23_024, 16_000, 12_000, 24_000, 32_000, 13_781);
    public const int Wilson = 28_423;
    public const int Stake = 18_218;
    public const int Slash = 11_521;
    public const int Score = 207_741_000;
    public const long Ask = 561_000;
    public const string IndexHash = "0x04ea77b4c2bc60b49c802e92ea96914e4b2028f8bfbd994fd8333edbf4f7d027";
    public const string RecordHash = "0xf04c00ef1e15dbaa95150cb43c682e6778719abbe684b67f7ae4701f07d7c696";
}
