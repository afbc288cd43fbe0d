using System.CommandLine;
using Grid.CommandLine.Testing;

var root = new RootCommand("An open market for GPUs and CPUs: deploy workloads, offer hardware, run a local grid.") { TestCommand.Create() };
var asked = root.Parse(args);
var exitCode = await asked.InvokeAsync();
return asked.Errors.Count > 0 ? 2 : exitCode;
