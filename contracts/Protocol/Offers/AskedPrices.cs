namespace Grid.Protocol.Offers;

/// <summary>What an offer asks at one moment: its fixed prices, and the guide price between floor and ceiling where it follows
/// it.</summary>
public static class AskedPrices
{
    /// <param name="listed">Sound by <see cref="OfferTermsCheck"/>.</param>
    /// <param name="guideOf">By <see cref="PriceKeys"/>; null where there is none, and the floor is asked.</param>
    public static OfferPrices Of(OfferPrices listed, Func<string, RatePerHour?> guideOf)
    {
        if (listed.Guided is not { IsEmpty: false } guided) return listed;
        var asked = listed;
        foreach (var price in guided)
        {
            if (guideOf(price.Key) is { } guide) asked = With(asked, price, guide);
        }

        return asked;
    }

    private static OfferPrices With(OfferPrices prices, GuidedPrice guided, RatePerHour guide)
    {
        long Within(long floor) => Math.Clamp(guide.MicroUnits, floor, guided.Ceiling.MicroUnits);
        return guided.Key switch
        {
            PriceKeys.Cpu => prices with { PerCore = new RatePerHour(Within(prices.PerCore.MicroUnits)) },
            PriceKeys.Memory => prices with { PerGibMemory = new RatePerHour(Within(prices.PerGibMemory.MicroUnits)) },
            PriceKeys.Storage => prices with { PerGibStorage = Each(prices.PerGibStorage, Within) },
            var model => prices with
            {
                Gpus = [.. prices.Gpus.Select(gpu => gpu.Model == model ? gpu with { PerGpu = new(Within(gpu.PerGpu.MicroUnits)) } : gpu)],
            },
        };
    }

    private static StorageAmounts Each(in StorageAmounts floors, Func<long, long> within) =>
        new(within(floors.Default), within(floors.Hdd), within(floors.Ssd), within(floors.Nvme));
}
