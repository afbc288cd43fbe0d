namespace Grid.Protocol.Matching;

/// <summary>(ceiling − ask) / ceiling: free is best, the ceiling itself is 0.</summary>
public static class PriceFactor
{
    /// <param name="ceiling">The most that the order pays; zero means that it takes only what is free.</param>
    public static int Of(RatePerHour ceiling, RatePerHour ask)
    {
        if (ask.MicroUnits <= 0) return Factor.One;
        return Factor.RatioRoundedDown(ceiling.MicroUnits - ask.MicroUnits, ceiling.MicroUnits);
    }
}
