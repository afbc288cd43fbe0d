using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Ethereum;

namespace Grid.Tests.Ethereum.Following;

/// <summary>Fault rows 34 and 35: the reader's view is the chain's, whatever reorgs and a bad server do on the way.</summary>
public sealed class FollowerProperties
{
    private const int MaxSteps = 60;

    [Fact]
    public void After_any_reorgs_and_bad_answers_the_reader_has_exactly_the_logs_of_the_chain() =>
        Prop.ForAll(Schedules.ToArbitrary(), schedule => RunAsync(schedule).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static Gen<(string Name, int Value)[]> Schedules => Gen.OneOf(
        Gen.Choose(0, 3).Select(count => ("mine", count)),
        Gen.Choose(0, 3).Select(count => ("mine", count)),
        Gen.Constant(("step", 0)),
        Gen.Constant(("step", 0)),
        Gen.Choose(1, 20).Select(depth => ("reorg", depth)),
        Gen.Choose(1, 20).Select(depth => ("reorgAndForget", depth)),
        Gen.Choose(0, 6).Select(kept => ("cutLogs", kept)),
        Gen.Choose(1, 5).Select(blocks => ("lag", blocks)),
        Gen.Constant(("skipBlock", 0)),
        Gen.Choose(1, 4).Select(range => ("smallPages", range)),
        Gen.Constant(("heal", 0))).ArrayOf().Select(steps => steps.Take(MaxSteps).ToArray());

    private static async Task<Property> RunAsync((string Name, int Value)[] schedule)
    {
        using var world = new FollowWorld(confirmations: 1, pageBlocks: 7);
        var isContiguous = true;
        foreach (var (name, value) in schedule)
        {
            try
            {
                await DoAsync(world, name, value);
            }
            catch (ChainException e) when (e.Fault != ChainFault.FinalityViolated)
            {
                isContiguous &= world.Blocks.Select((block, i) => block.Number == (ulong)i + 1).All(isNext => isNext);
            }
        }

        Heal(world);
        await world.MineAsync(1);
        await world.CatchUpAsync();
        var last = world.Chain.Head.Number - 1;
        return Prop.ToProperty(isContiguous && world.Cursor.Tip.Number == last).Label("a block was skipped")
            .And(Prop.ToProperty(world.Logs.SequenceEqual(world.LogsUpTo(last))).Label("the logs differ from the chain's"));
    }

    private static async Task DoAsync(FollowWorld world, string name, int value)
    {
        switch (name)
        {
            case "mine": await world.MineAsync(value); break;
            case "step": await world.StepAsync(); break;
            case "reorg": world.Chain.Reorg(value, isReturnedToPool: true); break;
            case "reorgAndForget": world.Chain.Reorg(value, isReturnedToPool: false); break;
            case "cutLogs": world.Server.Logs = logs => [.. logs.Take(value)]; break;
            case "lag": world.Server.LagBlocks = (ulong)value; break;
            case "skipBlock": world.Server.Headers = headers => [.. headers.Where((_, i) => i != 1)]; break;
            case "smallPages": world.Server.MaxLogRange = value; break;
            case "heal": Heal(world); break;
        }
    }

    private static void Heal(FollowWorld world)
    {
        world.Server.Logs = null;
        world.Server.Headers = null;
        world.Server.LagBlocks = 0;
    }
}
