using System.CommandLine;
using Grid.Chain.Crypto;

namespace Grid.Silo.Hosting;

/// <summary>The command line of <c>grid-silo</c>. Secrets are never on it: passphrases come from files or a prompt.</summary>
internal static class SiloCommand
{
    private const int Failed = 1;

    public static RootCommand Create()
    {
        var options = new SiloCommandOptions();
        var root = new RootCommand("Runs an operator's silo: registry, matching, leases, HTTP API. Example: grid-silo --data ./silo --init --passphrase-file ./pass");
        options.AddTo(root);
        root.SetAction((parsed, cancellation) => GuardedAsync(parsed, () => RunAsync(options, parsed, cancellation)));

        var init = new Command("init", "Makes the operator's key and its keystore, and nothing else. Example: grid-silo init --data ./silo --passphrase-file ./pass");
        options.AddKeysTo(init);
        init.SetAction((parsed, cancellation) => GuardedAsync(parsed, () => InitAsync(options, parsed, cancellation)));
        root.Add(init);
        return root;
    }

    private static async Task<int> InitAsync(SiloCommandOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        using var key = await KeyLoading.InitAsync(options.KeystoreOf(parsed), options.PassphraseOf(parsed, isNew: true), options.CostOf(parsed), cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(key.Address.ToString());
        return 0;
    }

    private static async Task<int> RunAsync(SiloCommandOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        var silo = options.SiloOf(parsed);
        var keystore = options.KeystoreOf(parsed);
        var isNew = parsed.GetValue(options.Init) && !File.Exists(keystore);
        var passphrase = options.PassphraseOf(parsed, isNew);
        using var key = isNew ? await KeyLoading.InitAsync(keystore, passphrase, options.CostOf(parsed), cancellation) : await Keystore.LoadAsync(keystore, passphrase, cancellation);

        await using var app = SiloApplication.Create(silo, key);
        await app.StartAsync(cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"grid-silo of {key.Address} serves at {SiloApplication.EndpointOf(app).Url}");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task<int> GuardedAsync(ParseResult parsed, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
    }
}
