using System.CommandLine;
using System.Text.Json;
using Grid.CommandLine.Testing;
using static Grid.Tests.Client.Testing.FakeRepository;

namespace Grid.Tests.Client.Testing;

public sealed class TestCommandTests
{
    [Fact]
    public async Task The_closing_line_counts_all_suites_and_stands_alone()
    {
        using var repository = new FakeRepository()
            .With("A.Tests", Passed("one") + Passed("two") + Skipped("three") + Finished)
            .With("B.Tests", Passed("four") + Finished);

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(0, exitCode);
        Assert.EndsWith("\n3 passed, 0 failed, 1 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_test_is_shown_with_its_message_and_fails_the_run()
    {
        using var repository = new FakeRepository().With("A.Tests", Passed("one") + Failed("two plus two", "Expected 4") + Finished + "exit 1\n");

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(1, exitCode);
        Assert.Contains("failed two plus two", output, StringComparison.Ordinal);
        Assert.Contains("Expected 4", output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_test_that_passed_has_measured_is_shown()
    {
        using var repository = new FakeRepository().With("A.Tests", Passed("one") + Noted("two", "all of it is covered") + Finished);

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(0, exitCode);
        Assert.Contains("note   all of it is covered\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 0 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_dies_is_a_failure_that_names_what_was_running()
    {
        using var repository = new FakeRepository().With("A.Tests", Passed("one") + Started("two") + "echo 'Fatal error. Stack overflow.'\nexit 134\n");

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(1, exitCode);
        Assert.Contains("exit code 134", output, StringComparison.Ordinal);
        Assert.Contains("  two", output, StringComparison.Ordinal);
        Assert.Contains("Stack overflow", output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_hangs_is_ended_at_its_limit_and_the_next_one_runs()
    {
        using var repository = new FakeRepository()
            .With("A.Tests", Started("endless") + "exec sleep 600\n")
            .With("B.Tests", Passed("one") + Finished);

        var (exitCode, output, _) = await Run(repository, "--limit", "1");

        Assert.Equal(1, exitCode);
        Assert.Contains("longer than its limit of 1 s", output, StringComparison.Ordinal);
        Assert.Contains("endless", output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_that_was_not_built_is_a_failure()
    {
        using var repository = new FakeRepository().WithUnbuilt("A.Tests").With("B.Tests", Passed("one") + Finished);

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(1, exitCode);
        Assert.Contains("is missing. Build the solution first", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tests_print_themselves_does_not_disturb_the_count()
    {
        using var repository = new FakeRepository().With("A.Tests", "echo '{\"$type\":'\nprintf 'no newline'\n" + Passed("one") + "echo hello >&2\n" + Finished);

        var (exitCode, output, _) = await Run(repository);

        Assert.Equal(0, exitCode);
        Assert.EndsWith("\n1 passed, 0 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_stands_alone_on_standard_output()
    {
        using var repository = new FakeRepository().With("A.Tests", Failed("one", "Expected 4") + Finished);

        var (exitCode, output, error) = await Run(repository, "--json");

        Assert.Equal(1, exitCode);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("failed").GetInt32());
        Assert.Equal("Expected 4", json.RootElement.GetProperty("suites")[0].GetProperty("failures")[0].GetProperty("message").GetString()!.Trim());
        Assert.Contains("FAILED A.Tests", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_filter_and_the_long_switch_reach_the_suites()
    {
        using var repository = new FakeRepository().With("A.Tests", "echo \"args $* long $GRID_LONG_TESTS\"\nexit 3\n");

        var (_, output, _) = await Run(repository, "--long", "--filter", "Lease");

        Assert.Contains("-method *Lease* long 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_single_test_fails()
    {
        using var repository = new FakeRepository().With("A.Tests", Finished);

        var (exitCode, _, error) = await Run(repository, "--filter", "Nothing");

        Assert.Equal(1, exitCode);
        Assert.Contains("No test has 'Nothing' in its name", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(FakeRepository repository, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await TestCommand.Create().Parse([.. arguments, "--root", repository.Root])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
