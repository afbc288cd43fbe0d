using Grid.Chain.Crypto.Keystores;

namespace Grid.Chain.Crypto;

/// <summary>Where a passphrase comes from: a file or a prompt, never a command line, which everyone on the machine can read.</summary>
public abstract class PassphraseSource
{
    /// <exception cref="KeystoreException">There is none to be had.</exception>
    public abstract ValueTask<string> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>UTF-8; one trailing line break is not part of it. A file that others could read is refused.</summary>
    public static PassphraseSource FromFile(string path) => new PassphraseFile(path);

    /// <summary>Asks on the terminal, without echo; the question goes to standard error.</summary>
    /// <param name="repeat">Ask twice and compare: for a new passphrase.</param>
    public static PassphraseSource FromPrompt(string question, bool repeat = false) =>
        new PassphrasePrompt(question, repeat, Console.Error, ReadTerminalKey);

    /// <summary>As <see cref="FromPrompt(string, bool)"/> on a terminal of the caller's.</summary>
    public static PassphraseSource FromPrompt(string question, bool repeat, TextWriter terminal, Func<ConsoleKeyInfo> readKey) =>
        new PassphrasePrompt(question, repeat, terminal, readKey);

    private static ConsoleKeyInfo ReadTerminalKey() => Console.IsInputRedirected
        ? throw new KeystoreException("There is no terminal to ask for the passphrase on: put it into a file with mode 0600 and name that file.")
        : Console.ReadKey(intercept: true);
}
