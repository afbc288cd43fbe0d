using Grid.Tests.Runtime.Grains;

namespace Grid.Tests.Runtime.Calls;

public sealed class TimeoutTests
{
    [Fact]
    public async Task A_caller_stops_waiting_after_the_timeout_of_the_method_and_the_call_runs_on()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ISlowGrain>("a");

        await Assert.ThrowsAsync<TimeoutException>(grain.WaitBriefly);
        var behind = grain.Quick("behind");

        Assert.False(behind.IsCompleted);
        await grain.Open();
        await behind;
    }

    [Fact]
    public async Task A_silo_has_a_timeout_for_methods_that_name_none()
    {
        await using var cluster = await TestSilos.StartAsync(silo => silo.Configure(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(100)));
        var grain = cluster.Client.GetGrain<ISlowGrain>("a");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Wait("x"));
        await grain.Open();
    }
}
