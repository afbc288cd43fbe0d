using System.Text;

namespace Grid.Protocol.Manifests.Quantities;

/// <summary>Splits a command that is written as one string into words as a POSIX shell would, without expanding anything.</summary>
internal static class ShellWords
{
    /// <returns>Null when a quote is not closed or the text ends in a backslash.</returns>
    public static List<string>? Split(string text)
    {
        var (words, word, inWord, quote) = (new List<string>(), new StringBuilder(), false, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == text.Length) return null;
                if (quote == '"' && text[i] is not ('"' or '\\' or '$' or '`')) word.Append('\\');
                (inWord, _) = (true, word.Append(text[i]));
            }
            else if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                (inWord, quote) = (true, c);
            }
            else if (c is ' ' or '\t' or '\n' or '\r')
            {
                if (inWord) words.Add(word.ToString());
                (inWord, word) = (false, word.Clear());
            }
            else
            {
                (inWord, _) = (true, word.Append(c));
            }
        }
        if (quote != '\0') return null;
        if (inWord) words.Add(word.ToString());
        return words;
    }
}
