using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Views;
using Orleans;

namespace Grid.Client.Grains;

/// <summary>An operator's own apps, inside its cluster's trust: the same questions asked of the grains, which check every authorization themselves.</summary>
/// <param name="grains">Of the silo, or an <c>IClusterClient</c>.</param>
/// <param name="info">The operator's own: no grain knows its keys.</param>
/// <param name="caller">On whose behalf deployments are closed.</param>
public sealed class GrainGridClient(IGrainFactory grains, OperatorInfo info, Address caller) : IGridClient
{
    public Task<OperatorInfo> GetOperatorAsync(CancellationToken cancellation = default) => Task.FromResult(info);

    /// <exception cref="GridException">Refused; or it names inputs, which only HTTP carries.</exception>
    public async Task<DeployResponse> SubmitAsync(DeployRequest request, CancellationToken cancellation = default)
    {
        if (request.Inputs.Count > 0)
            throw new GridException(GridErrorKind.InvalidInput, $"{request.Inputs.Count} inputs are named, which are uploaded over HTTP: deploy with GridClient.");
        var authorization = request.Authorization.Value;
        var id = DeploymentIds.Derive(authorization, info.Domain());
        var submission = new DeploymentSubmission(request.Authorization, request.Manifest, [.. request.Secrets], [], request.TenantKey);
        var result = await Deployment(id).Submit(submission).WaitAsync(cancellation);
        if (!result.IsAccepted) throw await RefusedAsync(result, authorization);
        return new DeployResponse(id, OrderRefs.Of(id, request.Manifest));
    }

    public async Task<DeploymentStatus> GetDeploymentAsync(DeploymentId deployment, CancellationToken cancellation = default) =>
        DeploymentStatuses.Of(await Deployment(deployment).GetView().WaitAsync(cancellation) ?? throw Missing($"deployment {deployment}"), LeaseOf);

    public async Task CloseAsync(DeploymentId deployment, CancellationToken cancellation = default) =>
        _ = await Deployment(deployment).Close(caller).WaitAsync(cancellation) ?? throw Missing($"deployment {deployment} of {caller}");

    public async Task<byte[]> GetMatchRecordAsync(OrderId order, CancellationToken cancellation = default)
    {
        var record = await grains.GetGrain<IOrderGrain>(order.ToString()).GetMatchRecord().WaitAsync(cancellation);
        return record is null ? throw Missing($"match record of order {order}") : [.. record.Bytes];
    }

    public async Task<AccountStatus> GetAccountAsync(Address payer, CancellationToken cancellation = default) =>
        AccountStatuses.Of(payer, await grains.GetGrain<IAccountGrain>(payer.ToString()).Refresh().WaitAsync(cancellation));

    public async Task<AccountStatus> FundAsync(Signed<FundOrder> order, CancellationToken cancellation = default)
    {
        var result = await grains.GetGrain<ILocalLedgerGrain>(order.Value.Payer.ToString()).Fund(order).WaitAsync(cancellation);
        if (!result.IsBooked) throw new GridException(GridErrorKind.Refused, result.Refusal ?? "The deposit was refused.") { Code = ProblemCodes.AuthorizationInvalid };
        return await GetAccountAsync(order.Value.Payer, cancellation);
    }

    /// <summary>Sessions and relays are a silo's own: a silent node is not told from a heard one, and no ports are named.</summary>
    private static LeaseStatus? LeaseOf(LeaseView lease) => LeaseStatuses.Of(lease, isHeard: true, []);

    private IDeploymentGrain Deployment(DeploymentId id) => grains.GetGrain<IDeploymentGrain>(id.ToString());

    private async Task<GridException> RefusedAsync(SubmitResult result, Authorization authorization)
    {
        var account = await grains.GetGrain<IAccountGrain>(authorization.Payer.ToString()).GetView();
        var isTaken = authorization.Sequence != account.NextSequence;
        return new GridException(GridErrorKind.Refused, $"{result.Field}: {result.Refusal}") { Code = isTaken ? ProblemCodes.SequenceTaken : ProblemCodes.AuthorizationInvalid };
    }

    private static GridException Missing(string what) => new(GridErrorKind.NotFound, $"There is no {what}.");
}
