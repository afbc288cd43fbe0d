using Grid.Tests.Ethereum.Queue;
using Xunit.Runner.InProc.SystemConsole;

return args is [KilledSender.Argument, .. var rest] ? await KilledSender.RunAsync(rest) : await ConsoleRunner.Run(args);
