using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>One of the best: its numbers and what they add up to.</summary>
/// <param name="GpuModel">Empty: no GPU asked or listed. At most 16 ASCII characters.</param>
/// <param name="Ask">What the listing asks for the whole placement.</param>
/// <param name="Score">0 to <see cref="Scoring.One"/>.</param>
/// <param name="Noise">τ × Gumbel noise, in the score's units; zero before the ranking.</param>
/// <param name="IsPretended">Its GPU exists only on paper (simulation, benchmark, <c>--pretend-gpu</c>).</param>
public sealed record MatchCandidate(ProviderId Provider, Address Owner, string GpuModel, RatePerHour Ask, Factors Factors, int Score, int Noise, bool IsPretended)
{
    public int Rank => Score + Noise;
}
