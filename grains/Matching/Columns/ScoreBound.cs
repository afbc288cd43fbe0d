using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// The scores of a word's 64 listings from their columns, never less than they really are: what depends on the provider's standing alone is exact, price and
/// availability are a little more at most. A listing that can't reach the threshold by this one is left at it.
/// </summary>
internal sealed class ScoreBound
{
    private readonly FitBound _fit = new();
    private readonly int[] _scores = new int[Chunk.WordRows];
    private Vector512<int> _base, _mostPrice, _priceWeight, _fitWeight, _uptime, _reputation, _slashRate, _stake, _within, _most;

    public PriceBound Price { get; } = new();

    /// <param name="bestRegion">The most that the region factor can be.</param>
    public void Start(MatchQuery query, int bestRegion)
    {
        var (requirement, weights) = (query.Requirement, query.Weights);
        Price.Start(requirement.Amounts, requirement.PriceCeiling);
        _fit.Start(requirement.Amounts);
        (_within, _most) = (Vector512.Create(Price.SurelyWithin), Vector512.Create(Price.MayBeWithin));
        _base = Vector512.Create(bestRegion * weights.Region);
        _mostPrice = Vector512.Create(Factor.One + Price.Slack);
        _priceWeight = Vector512.Create(weights.Price);
        _fitWeight = Vector512.Create(weights.Availability * AvailabilityFactor.PerUsualOrder);
        _uptime = Vector512.Create(weights.Uptime);
        _reputation = Vector512.Create(weights.Reputation);
        _slashRate = Vector512.Create(weights.SlashRate);
        _stake = Vector512.Create(weights.Stake);
    }

    public int this[int row] => _scores[row];

    /// <param name="surely">Listings that are surely not above the ceiling.</param>
    /// <param name="maybe">Listings that may be within it.</param>
    /// <returns>Listings that may reach the threshold.</returns>
    public ulong Take(Chunk chunk, int word, int threshold, out ulong surely, out ulong maybe)
    {
        var costs = default(WordOfInts);
        for (var kind = 0; kind < Price.Kinds; kind++) Price.Add(kind, chunk, word, ref costs);
        (surely, maybe) = (costs.AtMost(_within), costs.AtMost(_most));

        _fit.Count(chunk, word, out var fits, out var lastFits);
        var scores = new WordOfInts
        {
            First = ScoreOf(costs.First, Vector512.WidenLower(fits)),
            Second = ScoreOf(costs.Second, Vector512.WidenUpper(fits)),
            Third = ScoreOf(costs.Third, Vector512.WidenLower(lastFits)),
            Fourth = ScoreOf(costs.Fourth, Vector512.WidenUpper(lastFits)),
        };
        scores.Add(ref chunk.Word(Column.Uptime, word), _uptime);
        scores.Add(ref chunk.Word(Column.Reputation, word), _reputation);
        scores.Add(ref chunk.Word(Column.SlashRate, word), _slashRate);
        scores.Add(ref chunk.Word(Column.Stake, word), _stake);
        var reaching = scores.AtLeast(Vector512.Create(threshold));
        if (reaching != 0) scores.CopyTo(_scores);
        return reaching;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> ScoreOf(Vector512<int> costs, Vector512<uint> fits)
    {
        var price = Vector512.Max(Vector512.Min(_mostPrice - costs, Vector512.Create(Factor.One)), Vector512<int>.Zero);
        return _base + fits.AsInt32() * _fitWeight + price * _priceWeight;
    }
}
