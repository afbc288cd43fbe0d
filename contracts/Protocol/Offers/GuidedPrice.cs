namespace Grid.Protocol.Offers;

/// <summary>A price that follows the operator's guide price: what the offer lists for the key is the floor, and this is how far it may
/// rise.</summary>
/// <param name="Key">Of <see cref="PriceKeys"/>; a GPU model must be one of the offer's.</param>
/// <param name="Ceiling">At least the listed price.</param>
public sealed record GuidedPrice(string Key, RatePerHour Ceiling);
