namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/prices</c>: the guide price of every GPU model, and of cores, memory and disk, in each region where somebody offers
/// it.</summary>
/// <remarks><c>?key=rtx4090</c> asks for one alone, with its history.</remarks>
public sealed record PriceList(IReadOnlyList<GuidePrice> Prices);

/// <param name="Key">Of <see cref="Offers.PriceKeys"/>.</param>
/// <param name="Region">Empty: nobody has offered it anywhere yet.</param>
/// <param name="Price">Of one whole GPU, a core, or a GiB.</param>
/// <param name="Base">Where it started.</param>
/// <param name="Offered">Thousandths of a GPU or a core, or MiB.</param>
/// <param name="Leased">Of these.</param>
/// <param name="UtilizationPpm">Leased of offered, in millionths.</param>
/// <param name="History">Oldest first: the newest steps, and one of each hour before; empty unless one key is asked for.</param>
public sealed record GuidePrice(
    string Key, string Region, RatePerHour Price, RatePerHour Base, long Offered, long Leased, int UtilizationPpm,
        IReadOnlyList<GuidePricePoint> History);

public sealed record GuidePricePoint(long AtUnixMs, RatePerHour Price, int UtilizationPpm);
