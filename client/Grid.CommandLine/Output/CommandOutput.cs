using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Grid.CommandLine.Output;

/// <summary>Where a command speaks: with <c>--json</c> the answer alone on standard output and the rest on standard error.</summary>
internal sealed class CommandOutput(bool isJson, TextWriter output, TextWriter error)
{
    private IAnsiConsole? _console;

    public bool IsJson => isJson;

    /// <summary>For people: standard output, or standard error where standard output is for JSON.</summary>
    public TextWriter Text => isJson ? error : output;

    public TextWriter Error => error;

    /// <summary>Tables and live displays. Plain lines where it is no terminal.</summary>
    public IAnsiConsole Console => _console ??= AnsiConsole.Create(new AnsiConsoleSettings { Out = new ConsoleWriter(Text) });

    public bool IsTerminal => isJson
        ? ReferenceEquals(error, System.Console.Error) && !System.Console.IsErrorRedirected
        : ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;

    /// <summary>The answer, for programs.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        output.WriteLine(JsonSerializer.Serialize(value, type));
        output.Flush();
    }

    /// <summary>The answer in one of its two forms.</summary>
    public void Answer<T>(T value, JsonTypeInfo<T> type, Action<T> show)
    {
        if (isJson) Json(value, type);
        else show(value);
    }

    public void Line(string text = "") => Text.WriteLine(text);

    /// <summary>Something to know that is not the answer.</summary>
    public void Note(string text) => error.WriteLine($"grid: {text}");
}
