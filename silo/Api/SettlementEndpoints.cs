using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Settlements;
using Grid.Silo.Chain;
using Grid.Silo.Hosting;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>What each party needs to act on the escrow without the operator, and the operator's word where one is needed.</summary>
internal sealed class SettlementEndpoints(IGrainFactory grains, OperatorKeys keys, ChainProgress progress, TimeProvider time, IServiceProvider services)
{
    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, ApiRoutes.Chain, Chain);
        routes.Add(HttpMethods.Get, ApiRoutes.Settlement, Get);
        routes.Add(HttpMethods.Get, ApiRoutes.PayerSettlement, Payer).AddEndpointFilter(Caller.Required);
        routes.Add(HttpMethods.Get, ApiRoutes.ProviderSettlement, Provider).AddEndpointFilter(Caller.Required);
        routes.Add(HttpMethods.Get, ApiRoutes.LeaseSettlement, Lease).AddEndpointFilter(Caller.Required);
        routes.Add(HttpMethods.Post, ApiRoutes.Withdraw, Withdraw).AddEndpointFilter(Caller.Required);
    }

    private Task<IResult> Chain(HttpContext http)
    {
        if (NoChain() is { } problem) return Task.FromResult(problem);
        var seen = progress.Seen;
        var told = services.GetRequiredService<ChainSender>().Told;
        return Task.FromResult(Route.Json(
            new ChainInfo(
                keys.Grid.Domain.ChainId, keys.Grid.Domain.VerifyingContract, seen.Moment?.Head.Number, seen.Moment?.Firm.Number, seen.FollowedTo,
                seen.BehindBlocks, seen.LookedAt, seen.Fault,
                [.. told.Select(static sent => new ChainTransaction(sent.Name, sent.Hash, sent.GasUsed, sent.Outcome, sent.Problem))]),
            GridJsonContext.Default.ChainInfo));
    }

    private async Task<IResult> Get(HttpContext http)
    {
        if (NoChain() is { } problem) return problem;
        var status = await StatusAsync();
        var final = status.FinalBatch == 0 ? null : status.FinalRoot;
        return Route.Json(new SettlementInfo(status.OpenBatch, status.OpenRoot, status.FinalBatch, final, status.Fault), GridJsonContext.Default.SettlementInfo);
    }

    private async Task<IResult> Payer(HttpContext http)
    {
        if (NoChain() is { } problem) return problem;
        if (!Route.TryId<Address>(http, "id", out var payer, out var malformed)) return malformed!;
        return IsFor(http, payer) ? Route.Json(await PayerAsync(payer), GridJsonContext.Default.PayerSettlement) : Problems.NotYours("The account");
    }

    private async Task<IResult> Provider(HttpContext http)
    {
        if (NoChain() is { } problem) return problem;
        if (!Route.TryId<Address>(http, "id", out var provider, out var malformed)) return malformed!;
        if (!IsFor(http, provider)) return Problems.NotYours("What the provider has earned");
        var status = await StatusAsync();
        var answer = new ProviderSettlement(
            await BatchAsync(status.FinalBatch, batch => batch.ProveProvider(provider)), await BatchAsync(status.OpenBatch, batch => batch.ProveProvider(provider)));
        return Route.Json(answer, GridJsonContext.Default.ProviderSettlement);
    }

    private async Task<IResult> Lease(HttpContext http)
    {
        if (NoChain() is { } problem) return problem;
        if (!Route.TryId<LeaseId>(http, "id", out var lease, out var malformed)) return malformed!;
        var status = await StatusAsync();
        var final = await BatchAsync(status.FinalBatch, batch => batch.ProveLease(lease));
        var open = await BatchAsync(status.OpenBatch, batch => batch.ProveLease(lease));
        if ((final ?? open) is not { } shown) return Problems.NotFound("root that charges this lease");
        if (!IsFor(http, shown.Payer) && !IsFor(http, shown.Provider)) return Problems.NotYours("The lease");
        var payer = await PayerAsync(shown.Payer);
        return Route.Json(new LeaseSettlement(final?.Proof, payer.Final, open?.Proof, payer.Open), GridJsonContext.Default.LeaseSettlement);
    }

    private async Task<IResult> Withdraw(HttpContext http)
    {
        if (NoChain() is { } problem) return problem;
        if (!Route.TryId<Address>(http, "id", out var payer, out var malformed)) return malformed!;
        if (Caller.Known(http) != payer) return Problems.NotYours("The account");
        var (request, unread) = await RequestBody.ReadAsync(http, GridJsonContext.Default.WithdrawRequest);
        if (request is null) return unread!;

        var expiry = time.GetUtcNow() + Limits.WithdrawalLifetime;
        var result = await grains.GetGrain<IAccountGrain>(payer.ToString()).Withdraw(request.Amount, expiry.ToUnixTimeSeconds());
        if (result.Refusal is not null) return Problems.Invalid(ProblemCodes.InsufficientFunds, "amount", result.Refusal);
        var withdrawal = new Withdrawal(keys.Grid.Operator, payer, result.Withdrawn, result.ExpiryUnixSeconds);
        var signed = new Signed<Withdrawal>(withdrawal, await keys.SignAsync(withdrawal.Digest(keys.Grid.Domain)));
        return Route.Json(new WithdrawResponse(signed, await PayerAsync(payer)), GridJsonContext.Default.WithdrawResponse);
    }

    private async Task<PayerSettlement> PayerAsync(Address payer)
    {
        var status = await StatusAsync();
        var final = await BatchAsync(status.FinalBatch, batch => batch.ProvePayer(payer));
        var open = await BatchAsync(status.OpenBatch, batch => batch.ProvePayer(payer));
        return new PayerSettlement(
            (final ?? open)?.Account,
            Place(final, status.FinalBatch, status.FinalRoot),
            Place(open, status.OpenBatch, status.OpenRoot),
            final?.Authorization,
            open?.Authorization);
    }

    /// <summary>Where a root does not have the account yet, the root itself: who acts on the escrow brings it along.</summary>
    private static PayerProof? Place(PayerShown? shown, ulong batch, SettlementRoot? root) =>
        shown?.Proof ?? (batch == 0 || root is null ? null : new PayerProof(root, PayerLeaf.None, []));

    private Task<SettlementStatus> StatusAsync() => grains.GetGrain<ISettlementLedgerGrain>(keys.Grid.Operator.ToString()).GetStatus();

    private async Task<T?> BatchAsync<T>(ulong batch, Func<ISettlementGrain, Task<T?>> ask)
        where T : class => batch == 0 ? null : await ask(grains.Batch(batch));

    private bool IsFor(HttpContext http, Address party) => Caller.Known(http) == party || Caller.Known(http) == keys.Grid.Operator;

    private IResult? NoChain() => keys.Grid.HasChain
        ? null
        : Problems.Of(StatusCodes.Status409Conflict, ProblemCodes.OnlyChainLedger, "This operator settles in its own ledger; there is no escrow.");
}
