using System.CommandLine;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Challenges;
using Microsoft.Extensions.Hosting;

namespace Grid.Node.Hosting;

/// <summary>The command line of <c>grid-node</c>. Secrets are never on it: passphrases come from files or a prompt.</summary>
internal static class NodeCommand
{
    private const int Failed = 1;

    /// <summary>A signal to end is given the time that the links and the database take to close; workloads run on.</summary>
    public static Task<int> RunAsync(string[] args) =>
        Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMilliseconds(Limits.StopTimeoutMs) });

    public static RootCommand Create()
    {
        var root = new RootCommand("Offers this machine's GPUs, CPU, memory and disk to operators, and runs their tenants' workloads in isolation.");
        root.Add(Init());
        root.Add(Start());
        root.Add(Status());
        root.Add(Seen());
        return root;
    }

    private static Command Init()
    {
        var options = new NodeCommandOptions();
        var init = new Command("init", "Makes the node's key. Example: grid node init --data ./node --passphrase-file ./pass");
        options.AddKeysTo(init);
        init.SetAction((parsed, cancellation) => GuardedAsync(parsed, async () =>
        {
            using var key = await MakeKeyAsync(options, parsed, options.PassphraseOf(parsed, isNew: true), cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(key.Address.ToString());
            return 0;
        }));
        return init;
    }

    private static Command Start()
    {
        var options = new NodeCommandOptions();
        var start = new Command("start", "Connects to the operators and serves until it is stopped; workloads go on without it. Example: grid node start --data ./node --operator https://grid.example@0x… --region germany");
        options.AddTo(start);
        start.SetAction((parsed, cancellation) => GuardedAsync(parsed, async () =>
        {
            var keystore = options.KeystoreOf(parsed);
            var isNew = parsed.GetValue(options.Init) && !File.Exists(keystore);
            var passphrase = options.PassphraseOf(parsed, isNew);
            using var key = isNew ? await MakeKeyAsync(options, parsed, passphrase, cancellation) : await Keystore.LoadAsync(keystore, passphrase, cancellation);
            using var host = await NodeApplication.CreateAsync(options.NodeOf(parsed), key, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"grid-node {key.Address} starts");
            await host.RunAsync(cancellation);
            return 0;
        }));
        return start;
    }

    private static Command Seen()
    {
        var options = new NodeCommandOptions();
        var seen = new Command("seen", "Prints what operators signed about having heard this node, as grid slash appeal takes it. Example: grid node seen --data ./node > seen.json");
        options.AddKeysTo(seen);
        seen.SetAction((parsed, cancellation) => GuardedAsync(parsed, async () =>
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Sightings.AllAsJson(options.DataOf(parsed)));
            return 0;
        }));
        return seen;
    }

    private static Command Status()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "The node's folder.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var status = new Command("status", "Says what a running node does. Example: grid node status --data ./node") { data, json };
        status.SetAction((parsed, cancellation) => GuardedAsync(parsed, () => PrintAsync(parsed, parsed.GetValue(data)!.FullName, parsed.GetValue(json), cancellation)));
        return status;
    }

    private static async Task<PrivateKey> MakeKeyAsync(NodeCommandOptions options, ParseResult parsed, PassphraseSource passphrase, CancellationToken cancellation)
    {
        var key = PrivateKey.Generate();
        PrivateFiles.CreateDirectory(options.DataOf(parsed));
        await Keystore.SaveAsync(options.KeystoreOf(parsed), key, await passphrase.ReadAsync(cancellation), options.CostOf(parsed), cancellation);
        return key;
    }

    private static async Task<int> PrintAsync(ParseResult parsed, string data, bool asJson, CancellationToken cancellation)
    {
        var file = Path.Combine(data, NodeStatusFile.FileName);
        if (!File.Exists(file)) throw new FileNotFoundException($"{file} is missing: no node has been started in this folder.");
        var output = parsed.InvocationConfiguration.Output;
        var text = await File.ReadAllTextAsync(file, cancellation);
        if (asJson)
        {
            await output.WriteLineAsync(text);
            return 0;
        }

        var status = JsonSerializer.Deserialize(text, NodeStatusJson.Default.NodeStatus)!;
        await output.WriteLineAsync($"node {status.Provider}, isolation {status.Isolation}");
        foreach (var link in status.Operators) await output.WriteLineAsync($"  operator {link.Operator} at {link.Url}: {(link.IsConnected ? $"connected, epoch {link.Epoch}" : "not connected")}");
        foreach (var lease in status.Leases) await output.WriteLineAsync($"  lease {lease.Lease}: {lease.Phase}, {lease.Seconds} s of {lease.PaidThroughSeconds} s paid");
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
