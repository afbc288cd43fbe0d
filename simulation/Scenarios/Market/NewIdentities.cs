using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>Row 25: a provider that was slashed comes back under a new name with the same stake. It ranks no higher than it would have
/// under the old one.</summary>
public static class NewIdentities
{
    private const int Stories = 2_000;
    private const int Million = 1_000_000;

    private static readonly Money s_median = Money.FromTokens(100);

    private static readonly MatchRequirement s_order = MatchRequirement.Nothing with
    {
        Token = "GRID",
        PriceCeiling = new RatePerHour(2_000_000),
        Amounts = new ResourceAmounts(1_000, 1_024, default, 0, 0),
    };

    /// <param name="fresh">What is believed of a new identity with this stake, unless a test believes that it is clean.</param>
    public static void Play(World world, Func<Money, ProviderStanding>? fresh = null)
    {
        var random = new SimulatedRandom(world.Options.Seed + 25);
        var query = new MatchQuery(s_order, RegionMap.Standard, acceptsPretendedGpus: false);
        for (var story = 0; story < Stories; story++)
        {
            var stake = Money.FromTokens(random.Next(0, 1_000));
            var slashed = new ProviderStanding(
                stake, random.Next(1, Million), random.Next(0, 120), random.Next(0, Factor.One), random.Next(0, Factor.One),
                    (byte)random.Next(6, 8));
            var former = query.Judge(RowOf(1, slashed), s_median);
            var renamed = query.Judge(RowOf(2, fresh?.Invoke(stake) ?? ProviderStanding.Newcomer with { Stake = stake }), s_median);
            world.Verdicts.Check(
                renamed.Score <= former.Score, "INV-MATCH-03", () =>
                    ($"{slashed}", $"at most {former.Score} under a new name", $"{renamed.Score}"));
        }
    }

    private static OfferRow RowOf(byte number, ProviderStanding standing) => new(
        new ProviderId(AddressOf(number)),
        AddressOf(number),
        Hash256.Zero,
        "germany",
        "",
        OfferMode.Provider,
        CpuArchitecture.Amd64,
        IsolationLevel.Full,
        "GRID",
        new UnitPrices(20_000, 5_000, default, 0),
        new ResourceAmounts(32_000, 131_072, default, 0, 16),
        GpuListing.None,
        standing,
        [],
        [],
        [],
        1_000,
        20,
        3_600,
        false);

    private static Address AddressOf(byte number) => new(Keccak256.Hash([number]).ToByteArray().AsSpan(0, Address.SizeBytes));
}
