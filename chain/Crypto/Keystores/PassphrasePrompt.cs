using System.Text;

namespace Grid.Chain.Crypto.Keystores;

internal sealed class PassphrasePrompt(string question, bool repeat, TextWriter terminal, Func<ConsoleKeyInfo> readKey) : PassphraseSource
{
    public override ValueTask<string> ReadAsync(CancellationToken cancellationToken = default)
    {
        var passphrase = Ask(question);
        if (passphrase.Length == 0) throw new KeystoreException("The passphrase is empty; a keystore needs one.");
        if (repeat && Ask("Again") != passphrase) throw new KeystoreException("The two passphrases differ; start again.");
        return ValueTask.FromResult(passphrase);
    }

    private string Ask(string text)
    {
        terminal.Write($"{text}: ");
        terminal.Flush();
        var typed = new StringBuilder();
        while (readKey() is var key && key.Key != ConsoleKey.Enter) Take(key, typed);
        terminal.WriteLine();
        return typed.ToString();
    }

    private static void Take(ConsoleKeyInfo key, StringBuilder typed)
    {
        if (key.Key == ConsoleKey.Backspace)
        {
            if (typed.Length > 0) typed.Length--;
            return;
        }

        if (char.IsControl(key.KeyChar)) return;
        if (typed.Length == Limits.MaxPassphraseBytes) throw new KeystoreException($"A passphrase has at most {Limits.MaxPassphraseBytes} bytes.");
        typed.Append(key.KeyChar);
    }
}
