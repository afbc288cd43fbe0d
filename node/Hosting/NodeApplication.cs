using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Challenges;
using Grid.Node.Execution;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Node.Link;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Runtime.Hosting;
using Grid.Runtime.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Grid.Node.Hosting;

/// <summary>Puts a node together: its inventory, its engine, its ledger, its links.</summary>
public static class NodeApplication
{
    /// <exception cref="IsolationRefusedException">Nothing can be isolated here, and that was not allowed.</exception>
    /// <exception cref="ArgumentException">The options do not fit this machine.</exception>
    public static async Task<IHost> CreateAsync(NodeOptions options, PrivateKey key, CancellationToken cancellation)
    {
        PrivateFiles.CreateDirectory(options.DataDirectory);
        var machine = await MachineDiscovery.DiscoverAsync(options.DataDirectory, cancellation);
        if (options.Slice?.ProblemsOn(machine) is { IsEmpty: false } problems) throw new ArgumentException(string.Join(Environment.NewLine, problems));

        var engine = await WorkloadEngine.OpenAsync(
            new WorkloadEngineOptions(options.DataDirectory, options.AllowsUnisolated, options.AllowsHostImage), TimeProvider.System, cancellation);
        var identity = new NodeIdentity(key, options.Domain ?? GridDomain.Local, SealingKeyPair.Generate());
        var terms = OfferTermsOf.Of(identity.Provider, options, machine, engine.Isolation);
        if (OfferTermsCheck.Fault(terms) is { } fault) throw new ArgumentException(fault);

        var database = Path.Combine(options.DataDirectory, "node.db");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "grid-node" });
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(Limits.StopTimeoutMs));
        Add(builder.Services, options, identity, terms, engine, machine);
        builder.Services.AddLocalSilo(silo =>
        {
            silo.AddGrain<NodeGrain>();
            PrivateFiles.Create(database);
            silo.UseSqlite(new SqliteStoreOptions { Path = database }, NodeStateJson.Default);
        });
        builder.Services.AddHostedService(static services => services.GetRequiredService<Workloads>());
        builder.Services.AddHostedService(static services => services.GetRequiredService<ChallengeWork>());
        builder.Services.AddHostedService(static services => services.GetRequiredService<OperatorLinks>());
        builder.Services.AddHostedService<OfferWatch>();
        builder.Services.AddHostedService(services => new NodeStatusFile(
            options.DataDirectory, () => engine.SupervisorProcessId,
            services.GetRequiredService<ListedTerms>(), services.GetRequiredService<OfferFile>(),
            services.GetRequiredService<OperatorLinks>(), services.GetRequiredService<IGrainFactory>(), TimeProvider.System,
            services.GetRequiredService<ILogger<NodeStatusFile>>()));
        if (options.ExitsWithParent) builder.Services.AddHostedService<ParentWatch>();
        return builder.Build();
    }

    private static void Add(IServiceCollection services, NodeOptions options, NodeIdentity identity, OfferTerms terms, WorkloadEngine engine, MachineInventory machine)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IBootClock, SystemBootClock>();
        services.AddSingleton(identity);
        services.AddSingleton(terms);
        services.AddSingleton(new ListedTerms(terms));
        services.AddSingleton(provider => ReadOffer(ActivatorUtilities.CreateInstance<OfferFile>(provider, options.DataDirectory)));
        services.AddSingleton(engine);
        services.AddSingleton(new NodeAbilities(engine.RunsImages));
        services.AddSingleton(machine);
        services.AddSingleton(new SealedOutputs(options.DataDirectory));
        services.AddSingleton(new LeaseOperators(options.DataDirectory));
        services.AddSingleton(services => ActivatorUtilities.CreateInstance<EarningsFile>(services, options.DataDirectory));
        services.AddSingleton(new Random());
        services.AddSingleton<SecretVault>();
        services.AddSingleton<WorkloadEnds>();
        services.AddSingleton<LeaseInputs>();
        services.AddSingleton<ChallengeWork>();
        services.AddSingleton(new Sightings(options.DataDirectory, identity));
        services.AddSingleton(static services =>
        {
            // The first hello is of what the owner lists.
            services.GetRequiredService<OfferFile>();
            return ActivatorUtilities.CreateInstance<NodeOffer>(services);
        });
        services.AddSingleton<LinkStreamServer>();
        services.AddSingleton(static services => new Lazy<IGrainFactory>(services.GetRequiredService<IGrainFactory>));
        services.AddSingleton(static services => new Lazy<OperatorLinks>(services.GetRequiredService<OperatorLinks>));
        services.AddSingleton<Workloads>();
        services.AddSingleton<IWorkloads>(static services => services.GetRequiredService<Workloads>());
        services.AddSingleton(services => new OperatorLinks(options.Operators, endpoint => ActivatorUtilities.CreateInstance<OperatorLink>(services, endpoint)));
        services.AddSingleton<IClaimFiles>(services => ActivatorUtilities.CreateInstance<ClaimFiles>(services, options.DataDirectory));
        services.AddSingleton<INodeOutbox>(static services => services.GetRequiredService<OperatorLinks>());
    }

    /// <summary>Before the first link says hello.</summary>
    private static OfferFile ReadOffer(OfferFile file)
    {
        file.Read();
        return file;
    }
}
