using Grid.Protocol.Manifests.Quantities;

namespace Grid.Protocol.Manifests.Reading;

/// <summary><c>pricing.PROFILE</c>: <c>{token, amount}</c> in whole tokens per hour, or SDL's <c>{denom, amount}</c> in micro-units per block.</summary>
internal static class PriceReader
{
    public static PriceCeiling? Read(Fields fields, ManifestDialect dialect)
    {
        var (token, denom) = (fields.Text("token"), fields.Text("denom"));
        var amount = fields.RequiredText("amount");
        fields.WarnUnknown("a price");
        if (token is null == denom is null)
        {
            fields.Findings.Error(fields.At, fields.Path, "expected either `token` (whole tokens per hour) or `denom`, not both and not neither");
            return null;
        }
        return amount is null ? null : Convert(fields, token ?? denom!, amount, isPerBlock: denom is not null && dialect == ManifestDialect.Sdl);
    }

    private static PriceCeiling? Convert(Fields fields, string denom, string text, bool isPerBlock)
    {
        var most = isPerBlock ? ManifestLimits.MicroUnitsPerBlock : ManifestLimits.TokensPerHour;
        if (!ExactDecimal.TryParse(text, out var amount) || amount.IsZero || amount.Mantissa > most * amount.Scale)
        {
            fields.Wrong("amount", text, $"a number above 0 and at most {most}");
            return null;
        }
        if (isPerBlock) return Ceiling(PriceCeiling.RatePerBlock(amount.Mantissa, amount.Scale));
        if (amount.TryScale(Money.MicroUnitsPerToken, out var microUnits)) return Ceiling(new RatePerHour((long)microUnits));
        fields.Wrong("amount", text, "at most six decimals");
        return null;

        PriceCeiling Ceiling(RatePerHour rate) => new() { Denom = denom, Amount = amount.ToString(), RatePerHour = rate, IsPerBlock = isPerBlock };
    }
}
