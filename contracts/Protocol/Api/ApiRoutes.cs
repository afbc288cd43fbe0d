namespace Grid.Protocol.Api;

/// <summary>Where the HTTP API answers. <c>{…}</c> is filled in with <see cref="Of(string, string)"/>.</summary>
public static class ApiRoutes
{
    public const string Operator = "/v1/operator";
    public const string SignInChallenge = "/v1/sign-in/challenge";
    public const string SignIn = "/v1/sign-in";
    public const string Deployments = "/v1/deployments";
    public const string Deployment = "/v1/deployments/{id}";
    public const string CloseDeployment = "/v1/deployments/{id}/close";
    public const string Inputs = "/v1/inputs/{id}";
    public const string Lease = "/v1/leases/{id}";
    public const string LeaseReceipts = "/v1/leases/{id}/receipts";
    public const string LeaseLogs = "/v1/leases/{id}/logs";
    public const string LeaseArtifacts = "/v1/leases/{id}/artifacts";
    public const string LeaseArtifact = "/v1/leases/{id}/artifacts/{service}/{name}";
    public const string Explain = "/v1/orders/{id}/explain";
    public const string Screen = "/v1/screen";
    public const string Providers = "/v1/providers";
    public const string ProviderMaintenance = "/v1/providers/{id}/maintenance";
    public const string Prices = "/v1/prices";
    public const string Account = "/v1/accounts/{id}";
    public const string Fund = "/v1/accounts/{id}/fund";
    public const string Withdraw = "/v1/accounts/{id}/withdraw";
    public const string Chain = "/v1/chain";
    public const string Settlement = "/v1/settlement";
    public const string PayerSettlement = "/v1/settlement/payers/{id}";
    public const string ProviderSettlement = "/v1/settlement/providers/{id}";
    public const string LeaseSettlement = "/v1/settlement/leases/{id}";

    public const string Eras = "/v1/eras";
    public const string Era = "/v1/eras/{id}";

    /// <summary>The era's record: its leaves, and what they follow from (<see cref="Protocol.Eras.EraRecordCodec"/>).</summary>
    public const string EraLeaves = "/v1/eras/{id}/leaves";

    /// <summary>A book or a record by the Keccak-256 of its bytes.</summary>
    public const string EraFile = "/v1/eras/files/{id}";

    /// <summary>Where operators ask each other for their signature under a fault.</summary>
    public const string Faults = "/v1/operators/faults";

    /// <summary>The node link's WebSocket.</summary>
    public const string NodeLink = "/v1/link";

    public static string Of(string route, string id) => route.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);

    public static string OfArtifact(LeaseId lease, string service, string name) => Of(LeaseArtifact, lease.ToString())
        .Replace("{service}", Uri.EscapeDataString(service), StringComparison.Ordinal)
        .Replace("{name}", Uri.EscapeDataString(name), StringComparison.Ordinal);
}
