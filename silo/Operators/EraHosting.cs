using Grid.Eras;
using Grid.Silo.Hosting;
using Grid.Slashing;

namespace Grid.Silo.Operators;

/// <summary>The operator's part in the eras: ports of the grains, loops, endpoints.</summary>
internal static class EraHosting
{
    public static void AddTo(IServiceCollection services, SiloOptions options, OperatorKeys keys)
    {
        services.AddSingleton<OperatorPeers>().AddSingleton<IEraFiles, EraFiles>().AddSingleton<IEraSecrets>(new EraSecrets(keys.Identity));
        services.AddSingleton<ChallengeDesk>().AddSingleton<EraPorts>().AddSingleton<EraEndpoints>();
        if (options.Chain is not null) AddChain(services);
        else services.AddSingleton<IOperatorSet, ConfiguredOperators>().AddSingleton<IEraChain, LocalEraChain>();
        services.AddSingleton<FaultEndpoints>().AddSingleton<FaultExamination>().AddSingleton<PeerContacts>();
        services.AddHostedService<SlotLoop>().AddHostedService<EraLoop>().AddHostedService<ChallengeLoop>().AddHostedService<FaultLoop>();
    }

    private static void AddChain(IServiceCollection services)
    {
        services.AddSingleton<RegisteredOperators>().AddSingleton<IOperatorSet>(static provider => provider.GetRequiredService<RegisteredOperators>());
        services.AddSingleton<Chain.IChainRound>(static provider => provider.GetRequiredService<RegisteredOperators>());
        services.AddSingleton<IEraChain, ChainEras>().AddSingleton<Chain.IChainEventSink, EraEvents>();
        services.AddSingleton<EquivocationReports>().AddHostedService<EquivocationLoop>();
    }
}
