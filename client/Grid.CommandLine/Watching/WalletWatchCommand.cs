using System.CommandLine;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Watching;

/// <summary>
/// <c>grid wallet watch</c>: keeps what each operator shows of this wallet's account, judges every root that it posts, challenges what is
/// wrong, and answers claims of providers once an operator has vanished.
/// </summary>
internal static class WalletWatchCommand
{
    private static readonly Option<bool> Once = new("--once") { Description = "Look once; exit code 1 where a root is wrong." };
    private static readonly Option<int> Every = new("--every")
    {
        Description = "Seconds between two looks; well below the dispute window.",
        HelpName = "SECONDS",
        DefaultValueFactory = static _ => OnChain.Limits.DefaultWatchSeconds,
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Watch this operator alone, which may have vanished.",
        HelpName = "ADDRESS",
    };

    public static Command Create()
    {
        var command = new Command(
            "watch",
            "Keep your leaves, and challenge roots that charge what you never allowed. Examples: grid wallet watch · grid wallet watch --once --json")
        {
            Once, Every, From,
        }.WithConnection().WithChain();
        From.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Address.TryParse(token.Value, out _))
                result.AddError($"--from: '{token.Value}' is no address; expected 0x and 40 hexadecimal digits with a right checksum.");
        });
        Every.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > OnChain.Limits.MaxWatchSeconds)
                result.AddError($"--every: expected 1 to {OnChain.Limits.MaxWatchSeconds} seconds.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        if (asked.GetValue(Once))
        {
            var seen = await LookAsync(asked, open, cancellation);
            Answer(output, seen);
            return seen.IsGood ? Guard.Ok : Guard.Failed;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(asked.GetValue(Every)));
        var told = "";
        do
        {
            try
            {
                var seen = await LookAsync(asked, open, cancellation);
                var text = JsonSerializer.Serialize(seen, OnChainJson.Default.WatchAnswer);
                if (text != told) Answer(output, seen);
                told = text;
            }
            catch (GridException e)
            {
                output.Note($"{e.Message} The next look is in {asked.GetValue(Every)} s.");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
        return Guard.Ok;
    }

    private static void Answer(CommandOutput output, WatchAnswer seen) => output.Answer(seen, OnChainJson.Default.WatchAnswer, answer =>
    {
        foreach (var account in answer.Accounts) account.Show(output);
    });

    private static async Task<WatchAnswer> LookAsync(ParseResult asked, OpenOperators open, CancellationToken cancellation)
    {
        var (home, payer) = (open.Context.Home, open.Wallet!.Address);
        var accounts = new List<WatchedAccount>();
        foreach (var (@operator, client) in await OperatorsAsync(asked, open, cancellation))
        {
            using var chain = new ActingChain(
                OpenChain.ForReading(asked, open.Context), () => OpenChain.Of(asked, open.Context, open.Wallet.Key));
            var file = new KeptAccounts(home, @operator, payer);
            try
            {
                accounts.Add(await new AccountWatch(chain, file, payer, @operator, client).LookAsync(cancellation));
            }
            catch (GridException e)
            {
                // One operator's trouble must not keep the others from being watched.
                accounts.Add(new WatchedAccount(@operator, client is null, 0, Money.Zero, Money.Zero, null, [], chain.Sent, e.Message));
            }
        }

        return new WatchAnswer(payer, accounts);
    }

    /// <summary>Those that are named and answer, and those that something is kept of: whoever has vanished is watched too.</summary>
    private static async Task<IReadOnlyList<(Address Operator, GridClient? Client)>> OperatorsAsync(
        ParseResult asked, OpenOperators open, CancellationToken cancellation)
    {
        var found = new SortedDictionary<Address, GridClient?>();
        foreach (var kept in KeptAccounts.OperatorsOf(open.Context.Home, open.Wallet!.Address)) found[kept] = null;
        foreach (var client in open.All.All)
        {
            try
            {
                found[(await client.GetOperatorAsync(cancellation)).Operator] = client;
            }
            catch (GridException e) when (KeptAccounts.IsTheOperators(e))
            {
                // Away, or somebody else: what was kept of it is judged by.
            }
        }

        if (asked.GetValue(From) is not { } text) return [.. found.Select(static one => (one.Key, one.Value))];
        var named = Address.Parse(text);
        return [(named, found.GetValueOrDefault(named))];
    }
}
