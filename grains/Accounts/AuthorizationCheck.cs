using Grid.Protocol.Signing;

namespace Grid.Accounts;

/// <summary>What makes a signed authorization unacceptable, whatever the account holds.</summary>
public static class AuthorizationCheck
{
    /// <returns>The reason in words for the tenant, or null where nothing is wrong.</returns>
    public static string? Refusal(Signed<Authorization> authorization, GridIdentity identity, string account, DateTimeOffset now)
    {
        var value = authorization.Value;
        if (value.Operator != identity.Operator) return $"operator is {value.Operator}, expected this operator, {identity.Operator}.";
        if (value.Payer.ToString() != account) return $"payer is {value.Payer}, expected {account}.";
        if (value.Signer != value.Payer || !value.Mandate.IsZero) return "mandate must be zero and the signer the payer: delegated keys are not taken yet.";
        if (value.ExpiryUnixSeconds <= now.ToUnixTimeSeconds()) return $"expiry is {value.ExpiryUnixSeconds}, which is past: sign again.";
        if (value.MaxTotal.MicroUnits <= 0) return $"maxTotal is {value.MaxTotal}, expected more than zero.";
        if (value.MaxRatePerHour.MicroUnits <= 0) return $"maxRatePerHour is {value.MaxRatePerHour}, expected more than zero.";
        return authorization.IsSignedBy(value.Signer, identity.Domain) ? null : $"the signature is not {value.Signer}'s for this grid.";
    }
}
