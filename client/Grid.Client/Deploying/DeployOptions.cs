using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <param name="MaxTotal">What the deployment may ever cost; null lets <see cref="SpendingPlan"/> choose.</param>
/// <param name="LastAuthorization">
/// Finds the last that this wallet has signed for an operator, where it is known: the operator's word for what is committed is then
/// checked.
/// </param>
public sealed record DeployOptions(Money? MaxTotal = null, Func<Address, Authorization?>? LastAuthorization = null);

/// <summary>A step of a deployment, as it is reached.</summary>
public sealed record DeployProgress(string Step, string Detail = "");

/// <summary>A deployment that the operator has taken.</summary>
/// <param name="Authorization">What was signed for it: to be kept, since every root of the operator is judged by it.</param>
public sealed record Deployed(
    DeploymentId Deployment, IReadOnlyList<Protocol.Api.OrderRef> Orders, RatePerHour MaxRatePerHour, Money MaxTotal,
    Signed<Authorization> Authorization);
