using System.Diagnostics;
using System.Numerics;

namespace Grid.Bench.Runtime;

/// <summary>A histogram of times with a resolution of 1/16; counts without allocating.</summary>
internal sealed class Latencies
{
    private const int StepBits = 4;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[64 * Steps];

    public long Count { get; private set; }

    public long MaxTicks { get; private set; }

    public void Add(long stopwatchTicks)
    {
        _counts[Bucket(stopwatchTicks)]++;
        Count++;
        MaxTicks = Math.Max(MaxTicks, stopwatchTicks);
    }

    public void Add(Latencies other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        MaxTicks = Math.Max(MaxTicks, other.MaxTicks);
    }

    public double QuantileUs(double quantile)
    {
        var rank = (long)(Count * quantile);
        for (var i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank < 0)
                return Us(UpperBound(i));
        }

        return MaxUs;
    }

    public double MaxUs => Us(MaxTicks);

    private static double Us(long stopwatchTicks) => Math.Round(stopwatchTicks * 1e6 / Stopwatch.Frequency, 1);

    private static int Bucket(long ticks)
    {
        var value = (ulong)Math.Max(0, ticks);
        if (value < Steps)
            return (int)value;
        var exponent = BitOperations.Log2(value) - StepBits;
        return ((exponent + 1) * Steps) + (int)((value >> exponent) - Steps);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < Steps)
            return bucket;
        var exponent = (bucket / Steps) - 1;
        return (((long)(bucket % Steps) + Steps + 1) << exponent) - 1;
    }
}
