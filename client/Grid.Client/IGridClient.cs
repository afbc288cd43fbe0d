using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>What a tenant asks of an operator, whichever way it travels. Every state-changing call may be repeated: it has one effect.</summary>
public interface IGridClient
{
    /// <exception cref="GridException">Whoever answers is not the operator that was trusted, or its published key is not its own.</exception>
    Task<OperatorInfo> GetOperatorAsync(CancellationToken cancellation = default);

    /// <summary>Takes a signed deployment. Idempotent by its authorization.</summary>
    Task<DeployResponse> SubmitAsync(DeployRequest request, CancellationToken cancellation = default);

    Task<DeploymentStatus> GetDeploymentAsync(DeploymentId deployment, CancellationToken cancellation = default);

    /// <summary>Asks for the end of a deployment; <see cref="GetDeploymentAsync"/> says when it is closed.</summary>
    Task CloseAsync(DeploymentId deployment, CancellationToken cancellation = default);

    /// <summary>The match record's own bytes.</summary>
    Task<byte[]> GetMatchRecordAsync(OrderId order, CancellationToken cancellation = default);

    Task<AccountStatus> GetAccountAsync(Address payer, CancellationToken cancellation = default);

    /// <summary>Books a deposit of a grid without a chain. Idempotent by the order's id.</summary>
    Task<AccountStatus> FundAsync(Signed<FundOrder> order, CancellationToken cancellation = default);
}
