using Grid.Protocol;

namespace Grid.Client;

/// <param name="MaxTotal">What the deployment may ever cost; null lets <see cref="SpendingPlan"/> choose.</param>
public sealed record DeployOptions(Money? MaxTotal = null);

/// <summary>A step of a deployment, as it is reached.</summary>
public sealed record DeployProgress(string Step, string Detail = "");

/// <summary>A deployment that the operator has taken.</summary>
public sealed record Deployed(DeploymentId Deployment, IReadOnlyList<Protocol.Api.OrderRef> Orders, RatePerHour MaxRatePerHour, Money MaxTotal);
