using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grid.Protocol.Api;
using Grid.Silo.Api;
using Grid.Silo.Blobs;
using Grid.Silo.Links;
using Grid.Silo.Operators;
using Grid.Silo.Relays;
using Grid.Silo.SignIn;
using Grid.Silo.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Silo.Hosting;

/// <summary>Puts the whole program together: grains, node links, API, relays.</summary>
public static class SiloApplication
{
    /// <param name="key">The operator's identity. The application does not dispose of it.</param>
    /// <param name="configure">Anything else, such as loggers or a clock.</param>
    public static WebApplication Create(SiloOptions options, Grid.Chain.Crypto.PrivateKey key, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        var keys = KeyLoading.Complete(key, options.DataDirectory, TimeProvider.System.GetUtcNow(), options.Chain?.Deployment.Domain);

        // First, so that it is stopped last: whatever stops before may still call grains.
        GrainHosting.AddGrains(builder, options, keys);
        AddServices(builder.Services, options, keys);
        ConfigureServer(builder, options);
        var app = builder.Build();
        AddMiddleware(app);
        MapEndpoints(app);
        app.Lifetime.ApplicationStarted.Register(() => EndpointOf(app).Write(options.DataDirectory));
        return app;
    }

    /// <summary>Where a started application serves.</summary>
    public static SiloEndpoint EndpointOf(WebApplication app)
    {
        var url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
        var link = "ws" + url["http".Length..] + ApiRoutes.NodeLink;
        return new SiloEndpoint(url, link, app.Services.GetRequiredService<GridIdentity>().Operator, Environment.ProcessId);
    }

    private static void AddServices(IServiceCollection services, SiloOptions options, OperatorKeys keys)
    {
        services.AddSingleton(options).AddSingleton(keys).AddSingleton<Drain>().AddSingleton<Readiness>();
        services.AddSingleton<NodeSessions>().AddSingleton<EnrolmentGate>().AddSingleton<SessionCensus>().AddSingleton<SessionServices>().AddSingleton<InputStreams>().AddSingleton<LinkEndpoint>();
        services.AddSingleton<InputBlobs>().AddHostedService<InputSweep>();
        services.AddSingleton<LeaseRelays>().AddSingleton<ILeaseWatch>(static provider => provider.GetRequiredService<LeaseRelays>());
        services.AddHostedService(static provider => provider.GetRequiredService<LeaseRelays>());
        services.AddSingleton<GridMeters>().AddHostedService<Exporting>();
        services.AddSingleton<NonceBook>().AddSingleton<TokenBook>();
        services.AddSingleton<LeaseViews>().AddSingleton<SubmissionRules>().AddSingleton<LeaseLogs>();
        services.AddSingleton<OperatorEndpoints>().AddSingleton<SignInEndpoints>().AddSingleton<AccountEndpoints>().AddSingleton<InputEndpoints>().AddSingleton<ExplainEndpoints>();
        services.AddSingleton<ProviderEndpoints>().AddSingleton<ScreenEndpoints>().AddSingleton<PriceEndpoints>()
            .AddSingleton<DeploymentEndpoints>().AddSingleton<LeaseEndpoints>().AddSingleton<HealthEndpoints>();
        services.AddSingleton<SettlementEndpoints>();
        EraHosting.AddTo(services, options, keys);
        services.AddHostedService<DrainOnStop>();
        if (options.ExitsWithParent) services.AddHostedService<ParentWatch>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GridJsonContext.Default));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDeadline);
        RateLimits.AddTo(services, options);
    }

    private static void ConfigureServer(WebApplicationBuilder builder, SiloOptions options)
    {
        if (options.TlsCertificateFile is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Api.Limits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = Api.Limits.HeaderBytes;
            kestrel.Limits.MaxConcurrentConnections = Api.Limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxSessions + Links.Limits.HandshakesAtOnce;
            Listen(kestrel, options);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, SiloOptions options)
    {
        var url = new Uri(options.HttpUrl);
        var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']'));
        kestrel.Listen(address, url.Port, listen =>
        {
            if (url.Scheme == Uri.UriSchemeHttps) listen.UseHttps(X509Certificate2.CreateFromPemFile(options.TlsCertificateFile!, options.TlsKeyFile));
        });
    }

    private static void AddMiddleware(WebApplication app)
    {
        app.UseMiddleware<ErrorHandling>();
        app.Use(static (http, next) => Caller.IdentifyAsync(http, next));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    private static void MapEndpoints(WebApplication app)
    {
        var services = app.Services;
        services.GetRequiredService<HealthEndpoints>().MapTo(app);
        services.GetRequiredService<OperatorEndpoints>().MapTo(app);
        services.GetRequiredService<SignInEndpoints>().MapTo(app);
        services.GetRequiredService<AccountEndpoints>().MapTo(app);
        services.GetRequiredService<SettlementEndpoints>().MapTo(app);
        services.GetRequiredService<InputEndpoints>().MapTo(app);
        services.GetRequiredService<ExplainEndpoints>().MapTo(app);
        services.GetRequiredService<ProviderEndpoints>().MapTo(app);
        services.GetRequiredService<ScreenEndpoints>().MapTo(app);
        services.GetRequiredService<PriceEndpoints>().MapTo(app);
        services.GetRequiredService<DeploymentEndpoints>().MapTo(app);
        services.GetRequiredService<LeaseEndpoints>().MapTo(app);
        services.GetRequiredService<EraEndpoints>().MapTo(app);
        services.GetRequiredService<FaultEndpoints>().MapTo(app);
        app.Add(HttpMethods.Get, ApiRoutes.NodeLink, services.GetRequiredService<LinkEndpoint>().AcceptAsync);
    }
}
