using Grid.Tests.Runtime.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Tests.Runtime.Calls;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_see_every_call_the_first_added_outermost()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddIncomingGrainCallFilter<Outer>().AddIncomingGrainCallFilter<Inner>());

        await cluster.Client.GetGrain<ICounterGrain>("a").Add(2);

        Assert.Equal(
            ["outer Add counter/a", "inner CounterGrain.Add", "inner got 2", "outer done"],
            cluster.Services.GetRequiredService<LifeLog>().Entries);
    }

    [Fact]
    public async Task A_filter_may_change_the_result()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddIncomingGrainCallFilter<Doubler>());

        Assert.Equal(4, await cluster.Client.GetGrain<ICounterGrain>("a").Add(2));
    }

    [Fact]
    public async Task A_filter_may_refuse_the_call()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddIncomingGrainCallFilter<Refuser>());

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => cluster.Client.GetGrain<ICounterGrain>("a").Add(2));
    }

    [Fact]
    public async Task A_filter_knows_which_grain_calls()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.AddIncomingGrainCallFilter<SourceWriter>());

        await cluster.Client.GetGrain<IRelayGrain>("r").AddThrough("c", 1);

        Assert.Equal(["AddThrough from nobody", "Add from relay/r", "Save from relay/r"], cluster.Services.GetRequiredService<LifeLog>().Entries);
    }

    private sealed class Outer(LifeLog log) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            log.Add($"outer {context.MethodName} {context.TargetId}");
            await context.Invoke();
            log.Add("outer done");
        }
    }

    private sealed class Inner(LifeLog log) : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            log.Add($"inner {context.ImplementationMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}");
            await context.Invoke();
            log.Add($"inner got {context.Result}");
        }
    }

    private sealed class Doubler : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            context.Result = (int)context.Result! * 2;
        }
    }

    private sealed class Refuser : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => throw new UnauthorizedAccessException(context.InterfaceName);
    }

    private sealed class SourceWriter(LifeLog log) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            log.Add($"{context.MethodName} from {context.SourceId?.ToString() ?? "nobody"}");
            return context.Invoke();
        }
    }
}
