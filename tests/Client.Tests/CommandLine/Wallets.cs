namespace Grid.Tests.Client.CommandLine;

[Collection(CommandTurns.Name)]
public sealed class Wallets : IDisposable
{
    private readonly Cli _cli = new();

    [Fact]
    public async Task A_new_wallet_is_shown_without_its_passphrase()
    {
        Assert.Equal(0, await _cli.RunAsync("wallet", "new", "--light", "--passphrase-file", _cli.PassphraseFile(), "--json"));
        var address = (string?)_cli.Json["address"];

        Assert.Equal(0, await _cli.RunAsync("wallet", "show", "--json"));
        Assert.Equal(address, (string?)_cli.Json["address"]);
        Assert.StartsWith(_cli.Folder.Path, (string?)_cli.Json["path"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wallet_is_never_replaced()
    {
        string[] command = ["wallet", "new", "--light", "--passphrase-file", _cli.PassphraseFile()];
        Assert.Equal(0, await _cli.RunAsync(command));

        Assert.Equal(1, await _cli.RunAsync(command));
        Assert.Contains("not replaced", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_wallet_says_how_to_make_one()
    {
        Assert.Equal(1, await _cli.RunAsync("wallet", "show"));

        Assert.Contains("grid wallet new", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_file_that_others_can_read_is_refused()
    {
        var path = _cli.PassphraseFile();
        if (OperatingSystem.IsWindows()) Assert.Skip("File modes are not those of POSIX there.");
        else File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Equal(1, await _cli.RunAsync("wallet", "new", "--light", "--passphrase-file", path));
        Assert.Contains("chmod 600", _cli.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
