using System.Text;
using Spectre.Console;

namespace Grid.CommandLine.Output;

/// <summary>
/// Spectre's view of a text writer: wide enough for every table. On a narrower terminal the terminal itself breaks the lines, which stays readable; Spectre
/// would break each cell.
/// </summary>
internal sealed class ConsoleWriter(TextWriter writer) : IAnsiConsoleOutput
{
    private const int LeastWidth = 160;
    private const int HeightWithoutTerminal = 50;

    public TextWriter Writer => writer;

    public bool IsTerminal => ReferenceEquals(writer, Console.Out) ? !Console.IsOutputRedirected : ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected;

    public int Width => IsTerminal ? Math.Max(LeastWidth, Console.WindowWidth) : LeastWidth;

    public int Height => IsTerminal ? Math.Max(10, Console.WindowHeight) : HeightWithoutTerminal;

    public void SetEncoding(Encoding encoding)
    {
        // The writer belongs to the caller, who has chosen its encoding.
    }
}
