using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Providers.Offers;

/// <summary>A price of a price book as people write it: <c>0.35</c> is fixed, <c>0.2..0.6</c> follows the guide price between the
/// two.</summary>
internal readonly record struct ListedRate(RatePerHour Price, RatePerHour? Ceiling)
{
    private const string Between = "..";

    public const string Expected = "tokens an hour, as 0.35; or FLOOR..CEILING to follow the guide price, as 0.2..0.6";

    public static bool TryParse(string text, out ListedRate rate)
    {
        rate = default;
        var parts = text.Split(Between);
        if (parts.Length > 2 || !TokenAmount.TryParse(parts[0], out var price)) return false;
        if (parts.Length == 1)
        {
            rate = new ListedRate(new RatePerHour(price.MicroUnits), null);
            return true;
        }

        if (!TokenAmount.TryParse(parts[1], out var ceiling) || ceiling.MicroUnits < price.MicroUnits) return false;
        rate = new ListedRate(new RatePerHour(price.MicroUnits), new RatePerHour(ceiling.MicroUnits));
        return true;
    }
}
