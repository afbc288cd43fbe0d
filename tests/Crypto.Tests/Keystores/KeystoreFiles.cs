using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Keystores;

public sealed class KeystoreFiles : IDisposable
{
    private static readonly KeystoreCost s_tiny = new(16, 8, 1);

    private readonly TemporaryFolder _folder = new();
    private readonly PrivateKey _key = PrivateKey.Generate();

    [Fact]
    public async Task A_saved_key_is_loaded_with_the_passphrase_of_a_file()
    {
        await Keystore.SaveAsync(_folder.At("new/folder/key.json"), _key, "open sesame", s_tiny);

        using var loaded = await Keystore.LoadAsync(_folder.At("new/folder/key.json"), PassphraseSource.FromFile(WritePassphrase("open sesame\n")));

        Assert.Equal(_key.Address, loaded.Address);
    }

    [Fact]
    public async Task Only_the_owner_can_read_a_saved_key()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        await Keystore.SaveAsync(_folder.At("sub/key.json"), _key, "p", s_tiny);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TemporaryFolder.ModeOf(_folder.At("sub/key.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, TemporaryFolder.ModeOf(_folder.At("sub")));
    }

    [Fact]
    public async Task An_existing_key_is_never_replaced_and_nothing_is_left_over()
    {
        var path = _folder.At("key.json");
        await Keystore.SaveAsync(path, _key, "p", s_tiny);
        var before = await File.ReadAllTextAsync(path);
        using var other = PrivateKey.Generate();

        var e = await Assert.ThrowsAsync<KeystoreException>(() => Keystore.SaveAsync(path, other, "p", s_tiny));

        Assert.Contains(path, e.Message);
        Assert.Equal(before, await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_missing_keystore_is_named()
    {
        var e = await Assert.ThrowsAsync<KeystoreException>(() => Keystore.LoadAsync(_folder.At("none.json"), PassphraseSource.FromFile(WritePassphrase("p"))));

        Assert.Contains("none.json", e.Message);
    }

    [Fact]
    public async Task A_huge_file_is_not_read_to_its_end()
    {
        var path = _folder.At("huge.json");
        await using (var file = File.Create(path)) file.SetLength(1L << 40);

        var e = await Assert.ThrowsAsync<KeystoreException>(() => Keystore.LoadAsync(path, PassphraseSource.FromFile(WritePassphrase("p"))));

        Assert.Contains("larger than", e.Message);
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private string WritePassphrase(string text)
    {
        var path = _folder.At("passphrase");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
