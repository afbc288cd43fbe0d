namespace Grid.Protocol.Matching;

/// <summary>What each factor counts, in basis points; the seven weights sum to exactly <see cref="Sum"/>.</summary>
/// <param name="Temperature">τ of the noise, in basis points of a full score; not part of the sum.</param>
public readonly record struct MatchWeights(
    int Region,
    int Price,
    int Uptime,
    int Reputation,
    int Availability,
    int SlashRate,
    int Stake,
    int Temperature)
{
    public const int Sum = 10_000;

    public static MatchWeights Default => new(1500, 2500, 1500, 1500, 1000, 1000, 1000, 500);

    /// <exception cref="ArgumentOutOfRangeException">The index is not that of a factor.</exception>
    public int this[int index] => index switch
    {
        0 => Region,
        1 => Price,
        2 => Uptime,
        3 => Reputation,
        4 => Availability,
        5 => SlashRate,
        6 => Stake,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "There are seven weighted factors, 0 to 6."),
    };

    /// <summary>Whether the weights are all positive or zero, sum to <see cref="Sum"/>, and τ lies within its bounds.</summary>
    public bool IsSound
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < Factors.Count; i++)
            {
                if (this[i] < 0) return false;
                sum += this[i];
            }

            return sum == Sum && Temperature is >= WeightBounds.MinTemperature and <= WeightBounds.MaxTemperature;
        }
    }
}
