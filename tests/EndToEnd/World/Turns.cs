// Each test runs a whole grid of processes: they take turns on the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
