namespace Grid.Matching;

public static class Matchmakers
{
    /// <summary>The key of the matchmaker that merges the regions'.</summary>
    public const string AllRegions = "*";
}
