using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using Grid.Simulation;

namespace Grid.Bench.Orders;

/// <summary>A funded payer with its authorizations signed beforehand.</summary>
internal sealed class BenchTenant(BenchOperator bench)
{
    private static readonly Money MaxTotal = Money.FromTokens(2);
    private static readonly string Text = ManifestTexts.All[0];
    private static readonly Hash256 ManifestHash = SealedManifest.HashOf(ManifestTexts.Read(Text))!.Value;

    private readonly PrivateKey _key = PrivateKey.Generate();

    public Money Deposit { get; private set; }

    public Queue<Signed<Authorization>> Authorizations { get; } = new();

    public async Task PrepareAsync(int orders)
    {
        Deposit = new Money(MaxTotal.MicroUnits * orders);
        var fund = bench.Sign(new FundOrder(bench.Identity.Operator, _key.Address, Deposit, new Hash256(_key.PublicKey.AsSpan(1, Hash256.SizeBytes))));
        await bench.Client.GetGrain<ILocalLedgerGrain>(_key.Address.ToString()).Fund(fund);
        await Account.Refresh();
        for (var i = 1; i <= orders; i++) Authorizations.Enqueue(Authorization(i).Sign(_key, bench.Identity.Domain));
    }

    public async Task SubmitAsync(Signed<Authorization> authorization)
    {
        var id = DeploymentIds.Derive(authorization.Value, bench.Identity.Domain);
        var result = await bench.Client.GetGrain<IDeploymentGrain>(id.ToString()).Submit(new DeploymentSubmission(authorization, Text, [], [], null));
        if (!result.IsAccepted) throw new InvalidOperationException($"The bench's own order is refused: {result.Field} {result.Refusal}");
    }

    public async Task<bool> IsConservedAsync()
    {
        var view = await Account.GetView();
        return view.Deposited == Deposit && view.Available + view.Held + view.Paid + view.Burned == Deposit + view.Earned;
    }

    private IAccountGrain Account => bench.Client.GetGrain<IAccountGrain>(_key.Address.ToString());

    private Authorization Authorization(int sequence) => new(
        bench.Identity.Operator, _key.Address, _key.Address, Hash256.Zero, (ulong)sequence, Hash256.Zero, ManifestHash, new RatePerHour(10 * Money.MicroUnitsPerToken),
        MaxTotal, new Money(MaxTotal.MicroUnits * sequence), TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), Hash256.Zero);
}
