using System.Text.Json.Serialization.Metadata;
using Grid.Chain.Crypto;
using Grid.Client.Http;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.Client;

/// <summary>An operator over HTTP. Safe for concurrent use. Timeouts and retries are inside; see <see cref="Limits"/>.</summary>
public sealed partial class GridClient : IGridClient, IDisposable
{
    private readonly HttpClient _http;
    private readonly Session _session;
    private readonly HttpCalls _calls;
    private readonly Wallet? _wallet;
    private readonly IOperatorTrust _trust;
    private readonly TimeProvider _time;
    private OperatorInfo? _operator;

    /// <param name="url">The operator's address: https, or http on this machine.</param>
    /// <param name="wallet">Null for what needs no identity. Stays the caller's.</param>
    /// <param name="trust">Whom to believe to be the operator.</param>
    /// <param name="handler">For tests.</param>
    /// <param name="attempts">Of each call, at most; few where another operator may be asked instead.</param>
    public GridClient(
        Uri url, Wallet? wallet, IOperatorTrust trust, TimeProvider? time = null, HttpMessageHandler? handler = null, int attempts = Limits.MaxAttempts)
    {
        Url = url;
        _wallet = wallet;
        _trust = trust;
        _time = time ?? TimeProvider.System;
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = Limits.ConnectTimeout, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _session = new Session(url, wallet);
        _calls = new HttpCalls(_http, _session, _time, attempts);
    }

    public Uri Url { get; }

    public async Task<OperatorInfo> GetOperatorAsync(CancellationToken cancellation = default)
    {
        if (_operator is { } known) return known;
        var info = await GetAsync(CallKind.PublicRead, ApiRoutes.Operator, GridJsonContext.Default.OperatorInfo, cancellation);
        _trust.Check(Url, info.Operator);
        if (!info.SealingKey.IsValidFor(info.Operator, info.Domain(), _time.GetUtcNow()))
            throw new GridException(GridErrorKind.OperatorChanged, $"{Url} publishes a sealing key that {info.Operator} did not sign, or whose time is over. Nothing was sealed to it.");
        return _operator = info;
    }

    public Task<DeployResponse> SubmitAsync(DeployRequest request, CancellationToken cancellation = default) => _calls.AskAsync(
        CallKind.Change,
        () => JsonRequest.Create(HttpMethod.Post, ApiRoutes.Deployments, request, GridJsonContext.Default.DeployRequest),
        GridJsonContext.Default.DeployResponse,
        cancellation);

    public Task<DeploymentStatus> GetDeploymentAsync(DeploymentId deployment, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.Deployment, deployment.ToString()), GridJsonContext.Default.DeploymentStatus, cancellation);

    /// <param name="after">The page before's <see cref="DeploymentList.Next"/>; null for the first.</param>
    public Task<DeploymentList> ListDeploymentsAsync(string? after = null, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, Paged(ApiRoutes.Deployments, after), GridJsonContext.Default.DeploymentList, cancellation);

    public Task CloseAsync(DeploymentId deployment, CancellationToken cancellation = default) => _calls.TellAsync(
        CallKind.Change, () => new HttpRequestMessage(HttpMethod.Post, ApiRoutes.Of(ApiRoutes.CloseDeployment, deployment.ToString())), cancellation);

    public async Task<byte[]> GetMatchRecordAsync(OrderId order, CancellationToken cancellation = default) =>
        (await GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.Explain, order.ToString()), GridJsonContext.Default.ExplainResponse, cancellation)).Record;

    /// <summary>Has the operator make the match again from the kept changes of its index.</summary>
    /// <param name="provider">Whom to explain; null for none.</param>
    public async Task<FullExplanation> ExplainFullyAsync(OrderId order, ProviderId? provider = null, CancellationToken cancellation = default)
    {
        var route = ApiRoutes.Of(ApiRoutes.Explain, order.ToString()) + "?full=true" + (provider is { } id ? $"&provider={id}" : "");
        var answer = await GetAsync(CallKind.Read, route, GridJsonContext.Default.ExplainResponse, cancellation);
        return answer.Full ?? throw new GridException(GridErrorKind.BadAnswer, $"{Url} does not know how to make a match again: its program is older.");
    }

    public Task<AccountStatus> GetAccountAsync(Address payer, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.Account, payer.ToString()), GridJsonContext.Default.AccountStatus, cancellation);

    public Task<AccountStatus> FundAsync(Signed<FundOrder> order, CancellationToken cancellation = default) => _calls.AskAsync(
        CallKind.SignedChange,
        () => JsonRequest.Create(HttpMethod.Post, ApiRoutes.Of(ApiRoutes.Fund, order.Value.Payer.ToString()), new FundRequest(order), GridJsonContext.Default.FundRequest),
        GridJsonContext.Default.AccountStatus,
        cancellation);

    public Task<ChainInfo> GetChainAsync(CancellationToken cancellation = default) =>
        GetAsync(CallKind.PublicRead, ApiRoutes.Chain, GridJsonContext.Default.ChainInfo, cancellation);

    public Task<SettlementInfo> GetSettlementAsync(CancellationToken cancellation = default) =>
        GetAsync(CallKind.PublicRead, ApiRoutes.Settlement, GridJsonContext.Default.SettlementInfo, cancellation);

    /// <summary>A payer's places under the operator's roots: to be kept, since they need no operator.</summary>
    public Task<PayerSettlement> GetPayerSettlementAsync(Address payer, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.PayerSettlement, payer.ToString()), GridJsonContext.Default.PayerSettlement, cancellation);

    /// <summary>What a provider can claim of the escrow, with proof.</summary>
    public Task<ProviderSettlement> GetProviderSettlementAsync(Address provider, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.ProviderSettlement, provider.ToString()), GridJsonContext.Default.ProviderSettlement, cancellation);

    public Task<LeaseSettlement> GetLeaseSettlementAsync(LeaseId lease, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.LeaseSettlement, lease.ToString()), GridJsonContext.Default.LeaseSettlement, cancellation);

    /// <summary>The operator's signature to take deposit out at once. The money is set aside until then: the same amount again gives the
    /// same signature.</summary>
    public Task<WithdrawResponse> WithdrawAsync(Address payer, Money amount, CancellationToken cancellation = default) => _calls.AskAsync(
        CallKind.Change,
        () => JsonRequest.Create(HttpMethod.Post, ApiRoutes.Of(ApiRoutes.Withdraw, payer.ToString()), new WithdrawRequest(amount), GridJsonContext.Default.WithdrawRequest),
        GridJsonContext.Default.WithdrawResponse,
        cancellation);

    public Task<LeaseStatus> GetLeaseAsync(LeaseId lease, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.Lease, lease.ToString()), GridJsonContext.Default.LeaseStatus, cancellation);

    public Task<LeaseReceipts> GetReceiptsAsync(LeaseId lease, CancellationToken cancellation = default) =>
        GetAsync(CallKind.Read, ApiRoutes.Of(ApiRoutes.LeaseReceipts, lease.ToString()), GridJsonContext.Default.LeaseReceipts, cancellation);

    /// <param name="after">The page before's <see cref="ProviderList.Next"/>; null for the first.</param>
    public Task<ProviderList> ListProvidersAsync(string? after = null, CancellationToken cancellation = default) =>
        GetAsync(CallKind.PublicRead, Paged(ApiRoutes.Providers, after), GridJsonContext.Default.ProviderList, cancellation);

    /// <param name="key">A GPU model, cpu, memory or storage: with its history; null: all of them, without.</param>
    public Task<PriceList> GetPricesAsync(string? key = null, CancellationToken cancellation = default) =>
        GetAsync(
            CallKind.PublicRead, key is null ? ApiRoutes.Prices : $"{ApiRoutes.Prices}?key={Uri.EscapeDataString(key)}",
            GridJsonContext.Default.PriceList, cancellation);

    /// <summary>Would this manifest match, and at what price? Nothing is held; secrets stay here.</summary>
    public Task<ScreenResponse> ScreenAsync(ManifestFile file, CancellationToken cancellation = default)
    {
        var request = new ScreenRequest(SealedSubmission.TextWithoutSecrets(file.Manifest));
        return _calls.AskAsync(
            CallKind.PublicRead,
            () => JsonRequest.Create(HttpMethod.Post, ApiRoutes.Screen, request, GridJsonContext.Default.ScreenRequest),
            GridJsonContext.Default.ScreenResponse,
            cancellation);
    }

    /// <summary>Where an exposed port answers.</summary>
    public Uri UrlOf(ExposedPort port) => new(Url, port.Path);

    public void Dispose()
    {
        _session.Dispose();
        _http.Dispose();
    }

    private Task<T> GetAsync<T>(CallKind kind, string route, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => _calls.AskAsync(kind, () => new HttpRequestMessage(HttpMethod.Get, route), type, cancellation);

    private static string Paged(string route, string? after) => after is null ? route : $"{route}?after={Uri.EscapeDataString(after)}";

    private Wallet NeedWallet() => _wallet ?? throw new GridException(GridErrorKind.Unauthorized, "This needs a wallet: name one with --wallet, or make one with `grid wallet new`.");
}
