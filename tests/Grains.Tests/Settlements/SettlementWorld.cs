using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Runtime.Simulation;
using Grid.Runtime.Storage;
using Grid.Settlements;
using Grid.Shards;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using VirtualSilo = Grid.Runtime.Simulation.Simulation;

namespace Grid.Tests.Grains.Settlements;

/// <summary>
/// All grains of an operator whose deposits lie in an escrow, on virtual time, with payers and providers who sign by themselves.
/// </summary>
internal sealed class SettlementWorld : IDisposable
{
    public const int Payers = 4;
    public const int Providers = 3;
    private const int FeePpm = 12_345;

    private static readonly Eip712Domain Domain = GridDomain.For(31_337, Address.Parse("0xe5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5"));
    private static readonly GridIdentity Identity = new(Some.OperatorKey.Address, Domain);

    private readonly List<ModelLease> _leases = [];
    private readonly VirtualSilo _silo;
    private int _numbers;

    public SettlementWorld(ulong seed)
    {
        var chain = new ModelChain(new EscrowModel(Domain, Identity.Operator) { Bond = Money.FromTokens(40) });
        Chain = chain;
        _silo = new VirtualSilo(seed, new SimulationOptions { StateSerializer = new JsonGrainStorageSerializer(GrainStateJson.Default) }, silo =>
        {
            silo.AddGrains(typeof(LeaseGrain).Assembly);
            silo.Services.AddSingleton(new GridParameters { Tick = TimeSpan.FromSeconds(1), DefaultRunAheadSeconds = 10, MatchChainLength = 1024 });
            silo.Services.AddSingleton(Identity).AddSingleton(RegionMap.Standard).AddSingleton(new SettlementSchedule(TimeSpan.FromSeconds(60)));
            silo.Services.AddSingleton<IOperatorSigner>(new Keys()).AddSingleton<IMatchmakerSecrets>(new Keys()).AddSingleton<IOfferJournal, ForgottenOffers>().AddSingleton<ISessionCensus>(new Keys());
            silo.Services.AddSingleton<IDepositLedger>(chain).AddSingleton<ISettlementChain>(chain);
        });
    }

    public ModelChain Chain { get; }

    public IReadOnlyList<ModelLease> Leases => _leases;

    public static Address Payer(int number) => Some.TenantKey(number).Address;

    public AccountView Account(int payer) => Ask(grains => grains.GetGrain<IAccountGrain>(Payer(payer).ToString()).Refresh());

    public SettlementStatus Settlement => Ask(grains => Ledger(grains).GetStatus());

    /// <returns>Whether it opened: it does not without money.</returns>
    public bool Open(int payer, int provider, Money maxTotal)
    {
        var number = ++_numbers;
        var account = Account(payer);
        var cumulative = account.Paid + account.Burned + account.AuthorizedOpen + maxTotal;
        var authorization = new Authorization(
            Identity.Operator, Payer(payer), Payer(payer), default, account.NextSequence, default, Some.Digest("manifest", number), new RatePerHour(long.MaxValue), maxTotal,
            cumulative, (_silo.Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds(), default).Sign(Some.TenantKey(payer), Domain);
        if (!Ask(grains => grains.GetGrain<IAccountGrain>(Payer(payer).ToString()).Authorize(authorization)).IsAccepted) return false;

        var terms = new LeaseTerms(
            Some.Lease(number), Some.Order(number), new DeploymentId(authorization.Value.Digest(Domain)), Payer(payer), authorization.Value.Digest(Domain),
            Some.Provider(provider), new RatePerHour(331_234_567 + 7_919 * number), FeePpm, 0, 10, PartitionRule.Keep, false, Some.Digest("manifest", number), false);
        var bindings = new Bindings([], 250, 64, default, []);
        var acceptance = new Acceptance(
            terms.Lease, terms.Authorization, terms.Provider, new FencingToken((ulong)number), bindings.Hash(), terms.Rate, FeePpm,
            (_silo.Time.GetUtcNow() + TimeSpan.FromMinutes(1)).ToUnixTimeSeconds()).Sign(Some.ProviderKey(provider), Domain);
        var opened = Ask(grains => grains.GetGrain<ILeaseGrain>(terms.Lease.ToString()).Open(new LeaseOpening(terms, acceptance, bindings)));
        if (opened.IsOpen) _leases.Add(new ModelLease(terms, Some.ProviderKey(provider), Domain, _silo.Elapsed));
        return opened.IsOpen;
    }

    /// <summary>
    /// Time passes for leases and chain alike; nodes report every second, and the operator looks at the chain at the end.
    /// </summary>
    public void Run(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _silo.RunFor(TimeSpan.FromSeconds(1));
            Chain.Pass(1);
            foreach (var lease in _leases.Where(static lease => !lease.IsOver)) Report(lease);
        }

        Look();
    }

    public void Look()
    {
        if (Chain.IsAway) return;
        for (var payer = 0; payer < Payers; payer++) Account(payer);
        foreach (var account in Chain.Head.Challenges.Keys) Do(grains => Ledger(grains).Challenged(Chain.Head.Posting, account));
        Do(grains => Ledger(grains).Observe(Chain.View()));
    }

    public void Close(ModelLease lease) => Do(grains => grains.GetGrain<ILeaseGrain>(lease.Id.ToString()).Close(CloseReason.Tenant));

    public bool Withdraw(int payer, Money amount)
    {
        var promised = Ask(grains => grains.GetGrain<IAccountGrain>(Payer(payer).ToString()).Withdraw(amount, Chain.Head.Now + 30));
        if (promised.Refusal is not null) return false;
        var (final, open) = Places(Payer(payer));
        return Chain.Do(escrow => escrow.Withdraw(new Withdrawal(Identity.Operator, Payer(payer), promised.Withdrawn, promised.ExpiryUnixSeconds), final, open));
    }

    public bool CompleteExit(int payer)
    {
        var (final, open) = Places(Payer(payer));
        return Chain.Do(escrow => escrow.CompleteExit(Payer(payer), final, open));
    }

    public bool Claim(int provider)
    {
        var status = Settlement;
        var proof = status.FinalBatch == 0 ? null : Ask(grains => grains.Batch(status.FinalBatch).ProveProvider(Some.Provider(provider).Value));
        return proof is not null && Chain.Do(escrow => escrow.Claim(Some.Provider(provider).Value, proof));
    }

    public PayerProof? FinalPlace(int payer)
    {
        var status = Settlement;
        return status.FinalBatch == 0 ? null : Ask(grains => grains.Batch(status.FinalBatch).ProvePayer(Payer(payer)))?.Proof;
    }

    public IReadOnlyList<string> ListedLeases() => Ask(static grains => Shard.ListAll(grains, ShardKind.Leases));

    /// <summary>Everything in memory is gone; the same stores, a new silo.</summary>
    public void Crash()
    {
        _silo.Crash();
        _silo.RunFor(TimeSpan.FromSeconds(2));
        _silo.Restart();
    }

    public void Dispose() => _silo.Dispose();

    private (PayerProof Final, PayerProof Open) Places(Address payer)
    {
        var status = Settlement;
        var final = status.FinalBatch == 0 ? null : Ask(grains => grains.Batch(status.FinalBatch).ProvePayer(payer))?.Proof;
        var open = status.OpenBatch == 0 ? null : Ask(grains => grains.Batch(status.OpenBatch).ProvePayer(payer))?.Proof;
        PayerProof[] known = [.. new[] { final, open }.OfType<PayerProof>()];
        return (Under(known, Chain.Head.Final), Under(known, Chain.Head.IsOpen ? Chain.Head.Pending : SettlementRoot.None));
    }

    private static PayerProof Under(PayerProof[] known, SettlementRoot root) =>
        known.FirstOrDefault(proof => proof.Root == root) ?? PayerProof.None with { Root = root };

    private void Report(ModelLease lease)
    {
        var report = lease.Report(_silo.Elapsed);
        lease.Follow(Ask(grains => grains.GetGrain<ILeaseGrain>(lease.Id.ToString()).Report(report)), report);
    }

    private static ISettlementLedgerGrain Ledger(IGrainFactory grains) => grains.GetGrain<ISettlementLedgerGrain>(Identity.Operator.ToString());

    private void Do(Func<IGrainFactory, Task> call) => Ask(async grains =>
    {
        await call(grains);
        return true;
    });

    private T Ask<T>(Func<IGrainFactory, Task<T>> call)
    {
        var (isDone, answer) = (false, default(T)!);
        var asked = _silo.Spawn("test", async () =>
        {
            answer = await call(_silo.Client);
            isDone = true;
        });
        for (var step = 0; !isDone && !asked.IsFaulted && step < 600; step++) _silo.RunFor(TimeSpan.FromMilliseconds(1));
        if (asked.IsFaulted) throw new InvalidOperationException($"at {_silo.Elapsed}", asked.Exception);
        return isDone ? answer : throw new TimeoutException($"no answer at {_silo.Elapsed}");
    }

    private sealed class Keys : IOperatorSigner, IMatchmakerSecrets, ISessionCensus
    {
        public bool HasKeptHalf => true;

        public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(Some.OperatorKey.Sign(digest));

        public Hash256 ChainSecret(string matchmaker, int generation) => Some.Digest($"chain {matchmaker}", generation);
    }
}
