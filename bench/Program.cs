using System.CommandLine;
using Grid.Bench.Eras;
using Grid.Bench.Gas;
using Grid.Bench.Matching;
using Grid.Bench.Orders;
using Grid.Bench.Runtime;

var root = new RootCommand("Benchmarks of the grid; each prints what it measured beside an in-run reference.");
root.Subcommands.Add(RuntimeBenchCommand.Create());
root.Subcommands.Add(OrdersBenchCommand.Create());
root.Subcommands.Add(GasBenchCommand.Create());
root.Subcommands.Add(EraBenchCommand.Create());
root.Subcommands.Add(MatchBenchCommand.Create());
return await root.Parse(args).InvokeAsync();
