using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Grid.CommandLine.Output;

/// <summary>Live progress: each step with the time at which it was reached. A spinner on a terminal, plain lines elsewhere.</summary>
internal sealed class Steps(CommandOutput output)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private StatusContext? _status;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <param name="waitingFor">What the spinner says until it is told otherwise.</param>
    public static async Task<T> RunAsync<T>(CommandOutput output, string waitingFor, Func<Steps, Task<T>> work)
    {
        var steps = new Steps(output);
        if (!output.IsTerminal) return await work(steps);
        return await output.Console.Status().StartAsync(Markup.Escape(waitingFor), context =>
        {
            steps._status = context;
            return work(steps);
        });
    }

    public void Reached(string step, string detail = "")
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.000} s  {step,-10} {detail}").TrimEnd();
        if (_status is null) output.Line(line);
        else output.Console.WriteLine(line);
    }

    public void WaitFor(string what) => _status?.Status(Markup.Escape(what));
}
