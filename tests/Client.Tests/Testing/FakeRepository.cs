namespace Grid.Tests.Client.Testing;

/// <summary>A folder that looks like the repository, whose suites are shell scripts that print what xunit would.</summary>
internal sealed class FakeRepository : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("grid-tests-");

    public FakeRepository() => Directory.CreateDirectory(Path.Combine(Root, "tests"));

    public string Root => _root.FullName;

    public static string Started(string test) => Say("test-starting", test, $"\"TestDisplayName\":\"{test}\"");

    public static string Passed(string test) => Started(test) + Say("test-passed", test) + Say("test-finished", test);

    public static string Noted(string test, string note) =>
        Started(test) + Say("test-passed", test, $"\"Output\":\"note: {note}\"") + Say("test-finished", test);

    public static string Skipped(string test) => Started(test) + Say("test-skipped", test, "\"Reason\":\"not here\"") + Say("test-finished", test);

    public static string Failed(string test, string message) =>
        Started(test) + Say("test-failed", test, $"\"Messages\":[\"{message}\",null],\"StackTraces\":[\"at Line 1\",null]") + Say("test-finished", test);

    public static string Finished => Say("test-assembly-finished", "suite");

    public FakeRepository With(string suite, string script)
    {
        var folder = Path.Combine(Root, "tests", suite);
        var output = Path.Combine(folder, "bin", "Local", "Release", "net10.0");
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(folder, suite + ".csproj"), "<Project />");
        var executable = Path.Combine(output, suite);
        File.WriteAllText(executable, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    public FakeRepository WithUnbuilt(string suite)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "tests", suite));
        File.WriteAllText(Path.Combine(folder.FullName, suite + ".csproj"), "<Project />");
        return this;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Say(string type, string test, string? more = null) =>
        $"echo '{{\"$type\":\"{type}\",\"TestUniqueID\":\"{test}\"{(more is null ? "" : "," + more)}}}'\n";
}
