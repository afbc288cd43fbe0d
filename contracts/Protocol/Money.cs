using System.Globalization;
using System.Text.Json.Serialization;

namespace Grid.Protocol;

/// <summary>An amount of the grid's token in micro-units (10⁻⁶ token). Arithmetic is checked: an overflow throws, it never wraps.</summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long MicroUnits) : IComparable<Money>
{
    public const long MicroUnitsPerToken = 1_000_000;

    public static Money Zero => default;

    public static Money FromTokens(long tokens) => new(checked(tokens * MicroUnitsPerToken));

    public bool IsNegative => MicroUnits < 0;

    public int CompareTo(Money other) => MicroUnits.CompareTo(other.MicroUnits);

    public static Money Min(Money left, Money right) => left < right ? left : right;

    public static Money Max(Money left, Money right) => left > right ? left : right;

    public static Money operator +(Money left, Money right) => new(checked(left.MicroUnits + right.MicroUnits));

    public static Money operator -(Money left, Money right) => new(checked(left.MicroUnits - right.MicroUnits));

    public static bool operator <(Money left, Money right) => left.MicroUnits < right.MicroUnits;

    public static bool operator >(Money left, Money right) => left.MicroUnits > right.MicroUnits;

    public static bool operator <=(Money left, Money right) => left.MicroUnits <= right.MicroUnits;

    public static bool operator >=(Money left, Money right) => left.MicroUnits >= right.MicroUnits;

    /// <returns>Tokens with six decimals, as <c>1.250000</c>.</returns>
    public override string ToString()
    {
        var magnitude = Math.Abs((decimal)MicroUnits) / MicroUnitsPerToken;
        return (IsNegative ? "-" : "") + magnitude.ToString("0.000000", CultureInfo.InvariantCulture);
    }
}
