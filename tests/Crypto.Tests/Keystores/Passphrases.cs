using Grid.Chain.Crypto;

namespace Grid.Tests.Crypto.Keystores;

public sealed class Passphrases : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("open sesame", "open sesame")]
    [InlineData("open sesame\n", "open sesame")]
    [InlineData("open sesame\r\n", "open sesame")]
    [InlineData("two\nlines\n\n", "two\nlines\n")]
    [InlineData(" spaces stay ", " spaces stay ")]
    public async Task One_trailing_line_break_of_a_file_is_not_part_of_it(string content, string expected) =>
        Assert.Equal(expected, await PassphraseSource.FromFile(Write(content)).ReadAsync());

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_open_to_others_is_refused_with_the_cure(UnixFileMode extra)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var path = Write("hunter2", OwnerOnly | extra);

        var e = await Assert.ThrowsAsync<KeystoreException>(async () => await PassphraseSource.FromFile(path).ReadAsync());

        Assert.Contains($"chmod 600 '{path}'", e.Message);
        Assert.DoesNotContain("hunter2", e.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task An_empty_file_is_refused(string content) =>
        await Assert.ThrowsAsync<KeystoreException>(async () => await PassphraseSource.FromFile(Write(content)).ReadAsync());

    [Fact]
    public async Task A_file_longer_than_any_passphrase_is_refused() =>
        await Assert.ThrowsAsync<KeystoreException>(async () => await PassphraseSource.FromFile(Write(new string('x', Limits.MaxPassphraseBytes + 3))).ReadAsync());

    [Fact]
    public async Task The_prompt_echoes_nothing_and_takes_corrections()
    {
        var terminal = new StringWriter();

        var passphrase = await PassphraseSource.FromPrompt("Passphrase", repeat: false, terminal, Typing("secrex\bt\n")).ReadAsync();

        Assert.Equal("secret", passphrase);
        Assert.Equal("Passphrase: " + Environment.NewLine, terminal.ToString());
    }

    [Fact]
    public async Task A_new_passphrase_is_typed_twice_alike()
    {
        Assert.Equal("abc", await PassphraseSource.FromPrompt("New", repeat: true, TextWriter.Null, Typing("abc\nabc\n")).ReadAsync());
        await Assert.ThrowsAsync<KeystoreException>(
            async () => await PassphraseSource.FromPrompt("New", repeat: true, TextWriter.Null, Typing("abc\nabd\n")).ReadAsync());
    }

    [Fact]
    public async Task An_empty_answer_is_refused() => await Assert.ThrowsAsync<KeystoreException>(
        async () => await PassphraseSource.FromPrompt("Passphrase", repeat: false, TextWriter.Null, Typing("\n")).ReadAsync());

    public void Dispose() => _folder.Dispose();

    private static Func<ConsoleKeyInfo> Typing(string text)
    {
        var keys = new Queue<char>(text);
        return () =>
        {
            var c = keys.Dequeue();
            var key = c switch { '\n' => ConsoleKey.Enter, '\b' => ConsoleKey.Backspace, _ => ConsoleKey.None };
            return new ConsoleKeyInfo(c, key, shift: false, alt: false, control: false);
        };
    }

    private string Write(string content, UnixFileMode mode = OwnerOnly)
    {
        var path = _folder.At("passphrase");
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        return path;
    }
}
