using Grid.Tests.Ethereum.Development;
using Grid.Tests.Ethereum.Queue;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [KilledSender.Argument, .. var rest] => await KilledSender.RunAsync(rest),
    [KilledOwner.Argument, .. var rest] => await KilledOwner.RunAsync(rest),
    _ => await ConsoleRunner.Run(args),
};
