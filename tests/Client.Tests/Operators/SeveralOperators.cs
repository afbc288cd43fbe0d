using System.Net;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Tests.Client.Operators;

/// <summary>A tenant who may turn to several operators, some of which are away.</summary>
public sealed class SeveralOperators : IDisposable
{
    private const int Attempts = 2;

    private readonly FakeOperator[] _sides = [new(), new(), new()];
    private readonly Wallet _wallet = new(PrivateKey.Generate());
    private readonly TemporaryFolder _folder = new();
    private readonly GridOperators _operators;

    public SeveralOperators() => _operators = new GridOperators([.. _sides.Select(side => side.Connect(_wallet, attempts: Attempts))]);

    [Fact]
    public async Task The_first_that_is_there_takes_a_deployment()
    {
        var (client, deployed) = await _operators.DeployAsync(File(), new DeployOptions());

        Assert.Same(_operators.All[0], client);
        Assert.Equal(_sides[0].Key.Address, Assert.Single(_sides[0].Submitted).Authorization.Value.Operator);
        Assert.NotEqual(default, deployed.Deployment);
        Assert.Empty(_sides[1].Asked);
    }

    [Fact]
    public async Task The_next_one_is_asked_where_the_first_is_away()
    {
        _sides[0].GoAway();

        var (client, _) = await _operators.DeployAsync(File(), new DeployOptions());

        Assert.Same(_operators.All[1], client);
        Assert.Equal(_sides[1].Key.Address, Assert.Single(_sides[1].Submitted).Authorization.Value.Operator);
        Assert.Equal(Attempts, _sides[0].Asked.Count);
    }

    [Fact]
    public async Task The_next_one_is_asked_where_the_first_says_that_it_takes_nothing_now()
    {
        _sides[0].Answers[ApiRoutes.Deployments] = _ => FakeOperator.Refusal(HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable, retryAfterMs: 10);

        var (client, _) = await _operators.DeployAsync(File(), new DeployOptions());

        Assert.Same(_operators.All[1], client);
        Assert.Single(_sides[1].Submitted);
    }

    [Fact]
    public async Task Nobody_else_is_asked_once_one_may_have_taken_it()
    {
        _sides[0].Answers[ApiRoutes.Deployments] = _ => throw new HttpRequestException("the answer was lost");

        var failed = await Assert.ThrowsAsync<GridException>(() => _operators.DeployAsync(File(), new DeployOptions()));

        Assert.Equal(GridErrorKind.OutcomeUnknown, failed.Kind);
        Assert.Empty(_sides[1].Asked);
    }

    [Fact]
    public async Task A_refusal_is_not_taken_elsewhere()
    {
        _sides[0].Available = Money.Zero;

        await Assert.ThrowsAsync<GridException>(() => _operators.DeployAsync(File(), new DeployOptions()));

        Assert.Empty(_sides[1].Asked);
    }

    [Fact]
    public async Task Somebody_else_at_the_first_address_stops_it_all()
    {
        using var stranger = PrivateKey.Generate();
        using var operators = new GridOperators([_sides[0].Connect(_wallet, new PinnedOperator(stranger.Address)), _sides[1].Connect(_wallet)]);

        var failed = await Assert.ThrowsAsync<GridException>(() => operators.FirstAsync());

        Assert.Equal(GridErrorKind.OperatorChanged, failed.Kind);
    }

    [Fact]
    public async Task What_one_has_taken_is_found_there_and_whoever_is_away_is_named_where_nobody_has_it()
    {
        var (_, deployed) = await _operators.DeployAsync(File(), new DeployOptions());
        var path = ApiRoutes.Of(ApiRoutes.Deployment, deployed.Deployment.ToString());
        _sides[2].Answers[path] = _ => FakeOperator.Json(StatusOf(deployed.Deployment), GridJsonContext.Default.DeploymentStatus);

        Assert.Same(_operators.All[2], (await _operators.FindAsync(deployed.Deployment)).Client);

        _sides[2].GoAway();
        var unknown = await Assert.ThrowsAsync<GridException>(() => _operators.FindAsync(deployed.Deployment));
        Assert.Equal(GridErrorKind.Unreachable, unknown.Kind);
        Assert.Contains("did not answer", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_asked_at_once_and_one_that_is_away_is_among_the_answers()
    {
        _sides[1].GoAway();

        var answers = await _operators.AskAllAsync(static (client, stop) => client.GetOperatorAsync(stop));

        Assert.Equal([_sides[0].Key.Address, null, _sides[2].Key.Address], answers.Select(static answer => answer.Answer?.Operator));
        Assert.Equal(GridErrorKind.Unreachable, answers[1].Away!.Kind);
    }

    public void Dispose()
    {
        _operators.Dispose();
        _wallet.Dispose();
        _folder.Dispose();
    }

    private static DeploymentStatus StatusOf(DeploymentId id) =>
        new(id, null, DeploymentPhase.Active, Address.Zero, Hash256.Zero, 0, 0, RatePerHour.Zero, Money.Zero, Money.Zero, []);

    private ManifestFile File() => ManifestFile.Read(_folder.Write("deploy.yaml", """
        version: "1.0"
        services: {main: {image: host}}
        profiles:
          name: several
          duration: 1h
          compute: {p: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: [{size: 1Gi}]}}}
          placement: {any: {pricing: {p: {token: GRID, amount: 1}}}}
        deployment: {main: {any: {profile: p, count: 1}}}
        """));
}
