using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Reputation;

/// <param name="Ppm">The share of the stake that it took.</param>
public sealed record StakeSlash(Hash256 Case, int Ppm, DateTimeOffset At);

/// <summary>The slashed share of a provider's stake: it counts for 90 days.</summary>
public static class StakeSlashes
{
    private const int Million = 1_000_000;
    private const int MostKept = 256;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    public static Decision<ReputationState, bool> Record(ReputationState state, SlashRecord slash)
    {
        var ppm = PpmRoundedUp(slash.Amount, slash.StakedBefore);
        if (ppm == 0 || state.Slashes.Any(known => known.Case == slash.Case)) return new(state, false);
        var recent = state.Slashes.RemoveAll(known => slash.At - known.At >= Memory).Add(new StakeSlash(slash.Case, ppm, slash.At));
        return new(state with { Slashes = recent.Length <= MostKept ? recent : Merged(recent) }, true, HasChanged: true);
    }

    /// <returns>0 to a million.</returns>
    public static int PpmAt(ReputationState state, DateTimeOffset now) =>
        (int)Math.Min(Million, state.Slashes.Where(slash => now - slash.At < Memory).Sum(static slash => (long)slash.Ppm));

    // The two oldest become one as young as the younger of them: what is merged is never forgiven sooner.
    private static ImmutableArray<StakeSlash> Merged(ImmutableArray<StakeSlash> slashes) =>
        slashes.RemoveAt(0).SetItem(0, slashes[1] with { Ppm = Math.Min(Million, slashes[0].Ppm + slashes[1].Ppm) });

    private static int PpmRoundedUp(Money amount, Money staked) => staked <= Money.Zero || amount <= Money.Zero
        ? 0
        : (int)Int128.Min(Million, ((Int128)amount.MicroUnits * Million + staked.MicroUnits - 1) / staked.MicroUnits);
}
