namespace Grid.Orders;

internal static class Limits
{
    /// <summary>Refusals that an order's view keeps, in characters each.</summary>
    public const int RefusalLength = 200;
}
