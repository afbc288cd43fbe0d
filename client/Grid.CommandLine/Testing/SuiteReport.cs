using System.Text.Json;

namespace Grid.CommandLine.Testing;

/// <summary>
/// Reads what a suite's process prints: xunit's messages as JSON, one a line, between whatever the tests themselves print.
/// It is read as it comes, so a suite that is killed or dies still says what it had done.
/// </summary>
internal sealed class SuiteReport(string suite)
{
    private const string MessageStart = "{\"$type\":";

    /// <summary>What a test prints behind it, people should read though it passed.</summary>
    private const string NoteStart = "note: ";

    private readonly List<string> _notes = [];
    private readonly SortedDictionary<string, string> _running = new(StringComparer.Ordinal);
    private readonly List<TestFailure> _failures = [];
    private readonly Queue<string> _lastLines = new();
    private int _failed;

    /// <summary>Raised for each failure as it is read.</summary>
    public event Action<TestFailure>? Failed;

    /// <summary>Raised for each note as it is read.</summary>
    public event Action<string>? Noted;

    public int Passed { get; private set; }

    public int Skipped { get; private set; }

    public int Done => Passed + Skipped + _failed;

    /// <summary>Whether the suite has said that it ran to its end.</summary>
    public bool IsFinished { get; private set; }

    public void Read(string line)
    {
        var start = line.IndexOf(MessageStart, StringComparison.Ordinal);
        if (start < 0 || !TryReadMessage(line.AsMemory(start))) Remember(line);
    }

    /// <summary>Counts something as failed that is not a test: a suite that did not build, hung or died.</summary>
    public void Break(string what)
    {
        var running = _running.Count == 0 ? "" : "\nrunning then:\n  " + string.Join("\n  ", _running.Values);
        var printed = _lastLines.Count == 0 ? "" : "\nlast output:\n  " + string.Join("\n  ", _lastLines);
        Fail(new TestFailure(suite, what + running, printed.TrimStart('\n')));
    }

    public SuiteResult Result(TimeSpan took) => new(suite, Passed, _failed, Skipped, Math.Round(took.TotalSeconds, 1), _failures, _notes);

    private bool TryReadMessage(ReadOnlyMemory<char> json)
    {
        try
        {
            using var message = JsonDocument.Parse(json);
            Take(message.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Take(JsonElement message)
    {
        var type = Text(message, "$type");
        switch (type)
        {
            case "test-starting":
                _running[Text(message, "TestUniqueID")] = Text(message, "TestDisplayName");
                break;
            case "test-passed":
                Passed++;
                Note(Text(message, "Output"));
                break;
            case "test-skipped":
                Skipped++;
                break;
            case "test-failed":
                Fail(FailureOf(message, _running.GetValueOrDefault(Text(message, "TestUniqueID"), "a test")));
                break;
            case "test-finished":
                _running.Remove(Text(message, "TestUniqueID"));
                break;
            case "test-assembly-finished":
                IsFinished = true;
                break;
            default:
                if (type == "error" || type.EndsWith("-cleanup-failure", StringComparison.Ordinal)) Fail(FailureOf(message, $"{suite} ({type})"));
                break;
        }
    }

    private void Note(string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith(NoteStart, StringComparison.Ordinal) || _notes.Count >= Limits.ShownNotes) continue;
            _notes.Add(line[NoteStart.Length..]);
            Noted?.Invoke(_notes[^1]);
        }
    }

    private void Fail(TestFailure failure)
    {
        _failed++;
        if (_failures.Count >= Limits.ShownFailures) return;
        _failures.Add(failure);
        Failed?.Invoke(failure);
    }

    private void Remember(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        _lastLines.Enqueue(line);
        if (_lastLines.Count > Limits.ShownLines) _lastLines.Dequeue();
    }

    private static TestFailure FailureOf(JsonElement message, string test) => new(test, Joined(message, "Messages"), Joined(message, "StackTraces"));

    private static string Text(JsonElement message, string property) =>
        message.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Joined(JsonElement message, string property) =>
        message.TryGetProperty(property, out var values) && values.ValueKind == JsonValueKind.Array
            ? string.Join("\n", values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()))
            : "";
}
