using Grid.Simulation;

return SimCommand.Create().Parse(args).Invoke();
