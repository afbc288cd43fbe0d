using Grid.Accounts;
using Grid.Chain.Ethereum.Following;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Settlements;
using Grid.Silo.Hosting;
using Grid.Slashing;

namespace Grid.Silo.Chain;

/// <summary>What <c>--ledger chain</c> adds to a silo, and <c>--ledger local</c> in its place.</summary>
internal static class ChainHosting
{
    private const string Folder = "chain";

    public static void AddTo(IServiceCollection services, SiloOptions options, OperatorKeys keys)
    {
        services.AddSingleton<ChainProgress>();
        if (options.Chain is { } chain) AddChain(services, chain, options.DataDirectory, keys);
        else services.AddSingleton<IDepositLedger, LocalDepositLedger>().AddSingleton<ISlashingChain, LocalSlashingChain>();
    }

    private static void AddChain(IServiceCollection services, ChainOptions options, string dataDirectory, OperatorKeys keys)
    {
        var folder = Path.Combine(dataDirectory, Folder);
        DurableFile.CreateFolder(folder);
        services.AddSingleton(options).AddSingleton(options.Schedule).AddSingleton<ChainConnection>();
        services.AddSingleton(static provider => provider.GetRequiredService<ChainConnection>().Chain);
        services.AddSingleton(new StateFile<ChainCursor>(Path.Combine(folder, "cursor.json"), ChainStateJson.Default.ChainCursor));
        services.AddSingleton(new StateFile<StoredMirror>(Path.Combine(folder, "escrow.json"), ChainStateJson.Default.StoredMirror));
        services.AddSingleton<ITransactionStore>(_ => new FileTransactionStore(Path.Combine(folder, "transactions.json")));
        services.AddSingleton<ISigner>(_ => new KeySigner(keys.Identity)).AddSingleton(new QueuePolicy(Limits.MaxFeePerGasWei));
        services.AddSingleton<TransactionQueue>().AddSingleton<ChainSender>().AddSingleton<EscrowMirror>().AddSingleton<EscrowReader>().AddSingleton<OpenChallenges>();
        services.AddSingleton<IDepositLedger, ChainDepositLedger>().AddSingleton<ISettlementChain, SettlementChain>().AddSingleton<ISlashingChain, ChainSlashing>();
        services.AddSingleton<IChainEventSink, EscrowEvents>().AddSingleton<IChainEventSink, CourtEvents>().AddSingleton<IChainEventSink, StakeEvents>();
        services.AddSingleton<IChainRound, EscrowSweep>().AddSingleton<IChainRound, SettlementRound>().AddSingleton<IChainRound, LeafDelivery>();
        services.AddHostedService<ChainLoop>();
    }
}
