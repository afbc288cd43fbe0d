namespace Grid.CommandLine.Testing;

/// <param name="Filter">Part of a test's full name; null runs all.</param>
/// <param name="SuiteLimit">After which a suite is ended.</param>
internal sealed record TestRunOptions(string Root, bool Long, string? Filter, TimeSpan SuiteLimit);
