using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Cluster;

/// <summary>Signs what a tenant's client signs.</summary>
internal sealed class FakeTenant(World world)
{
    private readonly PrivateKey _key = Some.TenantKey(1);
    private int _funds;

    public Address Payer => _key.Address;

    public AccountView Account => world.AccountOf(Payer);

    public void Fund(long tokens)
    {
        var order = new FundOrder(Some.Identity.Operator, Payer, Money.FromTokens(tokens), Some.Digest("fund", ++_funds)).Sign(Some.OperatorKey, Some.Identity.Domain);
        Assert.Null(world.Ask(grains => grains.GetGrain<ILocalLedgerGrain>(Payer.ToString()).Fund(order)).Refusal);
    }

    /// <summary>A submission of the manifest for at most ten tokens, numbered as the account wants it.</summary>
    public DeploymentSubmission Sign(string manifest, long maxTokens = 10)
    {
        var reading = ManifestReader.Read(manifest);
        Assert.True(reading.IsOk, string.Join("; ", reading.Errors.Select(error => error.Message)));
        var account = Account;
        var authorization = new Authorization(
            Some.Identity.Operator, Payer, Payer, default, account.NextSequence, default, SealedManifest.HashOf(reading.Manifest)!.Value,
            RatePerHour.Zero + new RatePerHour(100_000_000), Money.FromTokens(maxTokens), account.Paid + account.Burned + account.AuthorizedOpen + Money.FromTokens(maxTokens),
            (world.Silo.Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds(), default);
        return new DeploymentSubmission(
            authorization.Sign(_key, Some.Identity.Domain), SealedManifest.Write(reading.Manifest, static _ => default), [], ImmutableArray<NamedInput>.Empty, null);
    }

    public SubmitResult Submit(DeploymentSubmission submission) => world.Ask(grains => grains.GetGrain<IDeploymentGrain>(IdOf(submission).ToString()).Submit(submission));

    public DeploymentId Deploy(string manifest, long maxTokens = 10)
    {
        var submission = Sign(manifest, maxTokens);
        var result = Submit(submission);
        Assert.True(result.IsAccepted, $"{result.Field}: {result.Refusal}");
        return IdOf(submission);
    }

    public DeploymentView? Close(DeploymentId deployment, Address? caller = null) => world.Ask(grains => grains.GetGrain<IDeploymentGrain>(deployment.ToString()).Close(caller ?? Payer));

    public DeploymentView View(DeploymentId deployment) => world.Ask(grains => grains.GetGrain<IDeploymentGrain>(deployment.ToString()).GetView())!;

    public OrderView LastOrder(DeploymentId deployment) => View(deployment).Orders[^1].Order;

    /// <summary>Waits until the deployment's newest order has this phase.</summary>
    public OrderView Await(DeploymentId deployment, OrderPhase phase, int withinTicks = 120)
    {
        world.Until(() => LastOrder(deployment).Phase == phase, $"order that is {phase}", withinTicks);
        return LastOrder(deployment);
    }

    public DeploymentView AwaitClosed(DeploymentId deployment, int withinTicks = 200)
    {
        world.Until(() => View(deployment).Phase == DeploymentPhase.Closed, "closed deployment", withinTicks);
        return View(deployment);
    }

    public static DeploymentId IdOf(DeploymentSubmission submission) => DeploymentIds.Derive(submission.Authorization.Value, Some.Identity.Domain);
}
