using Grid.Tests.Node.Leases.Hammering;
using Grid.Tests.Node.Shim;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [KilledNode.Argument, var directory, var lease] => await KilledNode.RunAsync(directory, lease),
    [KilledLedger.Argument, var directory, var seed] => await KilledLedger.RunAsync(directory, seed),
    _ => await ConsoleRunner.Run(args),
};
