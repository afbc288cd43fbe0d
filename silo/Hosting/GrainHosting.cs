using Grid.Leases;
using Grid.Matching;
using Grid.Silo.Chain;
using Grid.Silo.Links;
using Grid.Silo.Matching;
using Grid.Slashing;
#if ORLEANS
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Storage;
#else
using Grid.Runtime.Hosting;
using Grid.Runtime.Storage;
#endif

namespace Grid.Silo.Hosting;

/// <summary>The grains, their ports and their store, on whichever host of the actor model this build is for.</summary>
internal static class GrainHosting
{
    private const string StoreName = "silo.db";
    private const string OffersFolder = "offers";

    public static void AddGrains(WebApplicationBuilder builder, SiloOptions options, OperatorKeys keys)
    {
        var services = builder.Services;
        services.AddSingleton(options.Parameters);
        services.AddSingleton(keys.Grid);
        services.AddSingleton(RegionMap.Standard);
        services.AddSingleton<IOperatorSigner>(keys);
        services.AddSingleton<IMatchmakerSecrets>(new MatchmakerSecrets(keys.Identity));
        var offers = Path.Combine(options.DataDirectory, OffersFolder);
        services.AddSingleton(provider => new OfferFiles(offers, RegionMap.Standard, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IOfferJournal>(static provider => provider.GetRequiredService<OfferFiles>()).AddSingleton<RebuiltMatches>();
        ChainHosting.AddTo(services, options, keys);
        services.AddSingleton<ISessionCensus>(static provider => provider.GetRequiredService<SessionCensus>());
        services.AddSingleton<IEraWitness, EraWitness>();
        AddHost(builder, options);
    }

#if ORLEANS
    /// <summary>Clustering, state and reminders on PostgreSQL: <c>ConnectionStrings:Grid</c>.</summary>
    private static void AddHost(WebApplicationBuilder builder, SiloOptions options)
    {
        const string Invariant = "Npgsql";
        var connection = builder.Configuration.GetConnectionString("Grid")
            ?? throw new InvalidOperationException("ConnectionStrings:Grid is missing: name the PostgreSQL database of the cluster.");
        builder.Services.AddSingleton<IGrainStorageSerializer>(new StateJsonSerializer(GrainStateJson.Default, ProbeJson.Default));
        builder.Services.AddSerializer(static serializer => serializer.AddJsonSerializer(IsOfTheProtocol, GrainMessageJson.Default.Options));
        builder.Host.UseOrleans(silo => silo
            .AddIncomingGrainCallFilter<InvariantIncidents>()
            .UseAdoNetClustering(adoNet => (adoNet.Invariant, adoNet.ConnectionString) = (Invariant, connection))
            .AddAdoNetGrainStorageAsDefault(adoNet => (adoNet.Invariant, adoNet.ConnectionString) = (Invariant, connection))
            .UseAdoNetReminderService(adoNet => (adoNet.Invariant, adoNet.ConnectionString) = (Invariant, connection)));
    }

    /// <summary>The protocol knows nothing of Orleans, so its types travel between silos as JSON.</summary>
    private static bool IsOfTheProtocol(Type type) =>
        type.Namespace?.StartsWith("Grid.", StringComparison.Ordinal) is true && GrainMessageJson.Default.GetTypeInfo(type) is not null;
#else
    private static void AddHost(WebApplicationBuilder builder, SiloOptions options) => builder.Services.AddLocalSilo(silo => silo
        .AddGrains(typeof(LeaseGrain).Assembly)
        .AddIncomingGrainCallFilter<InvariantIncidents>()
        .UseSqlite(new SqliteStoreOptions { Path = Path.Combine(options.DataDirectory, StoreName) }, GrainStateJson.Default, ProbeJson.Default));
#endif
}
