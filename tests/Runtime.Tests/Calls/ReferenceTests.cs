using Orleans;

namespace Grid.Tests.Runtime.Calls;

public sealed class ReferenceTests
{
    [Fact]
    public async Task A_grain_is_reached_through_any_of_its_interfaces()
    {
        await using var cluster = await TestSilos.StartAsync();
        var named = cluster.Client.GetGrain<IPolyglotGrain>("a");

        var shared = named.AsReference<INamedGrain>();

        Assert.Equal("polyglot a", await shared.Name());
        Assert.Equal("polyglot a", await cluster.Client.GetGrain<INamedGrain>(named.GetGrainId()).Name());
    }

    [Fact]
    public async Task An_interface_of_two_classes_names_no_grain_by_its_key()
    {
        await using var cluster = await TestSilos.StartAsync();

        var error = Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<INamedGrain>("a"));

        Assert.Contains("more than one class", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_nobody_implements_is_named_in_the_error()
    {
        await using var cluster = await TestSilos.StartAsync();

        var error = Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<INowhereGrain>("a"));

        Assert.Contains(nameof(INowhereGrain), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_and_results_of_every_shape_pass_through()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<IPolyglotGrain>("a");
        var list = new List<int> { 1, 2 };

        Assert.Equal(("x", 3, 2.5), await grain.Tuple("x", 3, 2.5));
        Assert.Same(list, await grain.Same(list));
        Assert.Null(await grain.Same(null));
        await grain.Nothing();
        Assert.Equal(6L, await grain.Sum(1, 2, 3));
    }

    [Fact]
    public async Task An_internal_interface_can_be_called()
    {
        await using var cluster = await TestSilos.StartAsync();

        Assert.Equal(new Hidden(5), await cluster.Client.GetGrain<IHiddenGrain>("a").Echo(new Hidden(5)));
    }
}

public interface INowhereGrain : IGrainWithStringKey;

public interface INamedGrain : IGrainWithStringKey
{
    Task<string> Name();
}

public interface IPolyglotGrain : INamedGrain
{
    Task<(string Text, int Number, double Fraction)> Tuple(string text, int number, double fraction);

    ValueTask<List<int>?> Same(List<int>? list);

    ValueTask Nothing();

    Task<long> Sum(byte a, short b, long c);
}

public interface IOtherNamedGrain : INamedGrain;

internal sealed record Hidden(int Value);

internal interface IHiddenGrain : IGrainWithStringKey
{
    Task<Hidden> Echo(Hidden hidden);
}

internal sealed class HiddenGrain : Grain, IHiddenGrain
{
    public Task<Hidden> Echo(Hidden hidden) => Task.FromResult(hidden);
}

public sealed class OtherNamedGrain : Grain, IOtherNamedGrain
{
    public Task<string> Name() => Task.FromResult("other");
}

public sealed class PolyglotGrain : Grain, IPolyglotGrain
{
    public Task<string> Name() => Task.FromResult($"polyglot {this.GetPrimaryKeyString()}");

    public Task<(string Text, int Number, double Fraction)> Tuple(string text, int number, double fraction) => Task.FromResult((text, number, fraction));

    public ValueTask<List<int>?> Same(List<int>? list) => new(list);

    public async ValueTask Nothing() => await Task.Yield();

    public Task<long> Sum(byte a, short b, long c) => Task.FromResult(a + b + c);
}
