using System.CommandLine;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet show</c>: whose wallet it is. The address is as the file names it: nothing is opened.</summary>
internal static class WalletShowCommand
{
    private const int MaxFileBytes = 64 * 1024;

    public static Command Create()
    {
        var command = new Command("show", "Show the wallet's address. Example: grid wallet show --json").WithConnection();
        command.SetGuardedAction((asked, output, _) => Task.FromResult(Run(Context.Of(asked).WalletFile, output)));
        return command;
    }

    private static int Run(string path, CommandOutput output)
    {
        output.Answer(new WalletAnswer(AddressIn(path), Path.GetFullPath(path)), WalletJson.Default.WalletAnswer, wallet =>
        {
            output.Line($"{wallet.Address}");
            output.Note($"in '{wallet.Path}'");
        });
        return Guard.Ok;
    }

    private static Address AddressIn(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new GridException(GridErrorKind.InvalidInput, $"There is no wallet '{path}'. Make one: grid wallet new");
        if (file.Length > MaxFileBytes) throw NoKeystore(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var text = json.RootElement.GetProperty("address").GetString() ?? "";
            return Address.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text : "0x" + text, null, out var address) ? address : throw NoKeystore(path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoKeystore(path);
        }
    }

    private static GridException NoKeystore(string path) => new(GridErrorKind.InvalidInput, $"'{path}' is no keystore that names its address (Web3 Secret Storage, version 3).");
}
