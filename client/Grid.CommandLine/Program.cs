using Grid.CommandLine;

return await GridCommandLine.RunAsync(args);
