using Grid.Tests.Node.Shim;
using Xunit.Runner.InProc.SystemConsole;

return args is [KilledNode.Argument, var directory, var lease] ? await KilledNode.RunAsync(directory, lease) : await ConsoleRunner.Run(args);
