namespace Grid.Pricing;

/// <summary>How much of what is offered is taken.</summary>
public readonly record struct Utilization(long Offered, long Leased)
{
    public const int Million = 1_000_000;

    /// <summary>0 to a million; 0 where nothing is offered.</summary>
    public int Ppm => Offered <= 0 ? 0 : (int)((Int128)Math.Clamp(Leased, 0, Offered) * Million / Offered);

    public static Utilization operator +(Utilization left, Utilization right) =>
        new(left.Offered + right.Offered, left.Leased + right.Leased);

    public static Utilization operator -(Utilization left, Utilization right) =>
        new(left.Offered - right.Offered, left.Leased - right.Leased);
}
