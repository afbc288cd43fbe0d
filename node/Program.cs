using Grid.Node.Hosting;
using Grid.Node.Shim;

return args switch
{
    ["shim", "--dir", var directory] => await ShimCommand.RunAsync(directory),
    ["relay", "--socket", var path] => await RelayCommand.RunAsync(path),
    _ => await NodeCommand.RunAsync(args),
};
