using Grid.Node.Execution;
using Grid.Node.Hosting;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Node.Link;
using Grid.Protocol;
using Grid.Tests.Node.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.Tests.Node.Link;

/// <summary>A node as it is started, in this process: with its engine, its supervisor, its store and its links.</summary>
internal sealed class WholeNode : IAsyncDisposable
{
    /// <summary>Tests that share lease ids run one after another: a lease's control groups are the machine's, and its id is unique everywhere but here.</summary>
    public const string OneAtATime = "whole nodes";

    private readonly FakeOperator[] _operators;
    private IHost _host;

    private WholeNode(string directory, FakeOperator[] operators) => (DataDirectory, _operators, _host) = (directory, operators, null!);

    public string DataDirectory { get; }

    public WorkloadEngine Engine => _host.Services.GetRequiredService<WorkloadEngine>();

    public static async Task<WholeNode> StartAsync(params FakeOperator[] operators)
    {
        var node = new WholeNode(Directory.CreateTempSubdirectory("grid-node-").FullName, operators);
        try
        {
            await node.StartHostAsync();
            return node;
        }
        catch (IsolationRefusedException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    public Task<NodeLedger> LedgerAsync() => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<INodeGrain>(INodeGrain.Key).GetLedger();

    /// <summary>As a stop of the program: links and store are closed, the supervisor and its workloads run on.</summary>
    public async Task StopAsync()
    {
        var engine = Engine;
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        await engine.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.ShutdownAsync(CancellationToken.None);
        await StopAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task StartHostAsync()
    {
        var options = new NodeOptions
        {
            DataDirectory = DataDirectory,
            Operators = [.. _operators.Select(static one => new OperatorEndpoint(one.Url, one.Key.Address))],
            Region = "germany",
            Slice = new CapacitySlice(2000, 1024, 2048, []),
            PerCore = new RatePerHour(10),
            PerGibMemory = new RatePerHour(10),
            PerGibStorage = new RatePerHour(0),
        };
        _host = await NodeApplication.CreateAsync(options, Sample.NodeKey, TestContext.Current.CancellationToken);
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }
}
