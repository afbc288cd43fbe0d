using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Queue;

/// <summary>Fault row 34: whatever the chain, the pool and the process do, every request is executed exactly once.</summary>
public sealed class QueueProperties
{
    private const int MaxSteps = 60;

    [Fact]
    public void Any_schedule_of_reorgs_drops_fee_jumps_and_crashes_executes_each_request_exactly_once() =>
        Prop.ForAll(Schedules.ToArbitrary(), schedule => RunAsync(schedule, chain => chain).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void So_does_any_schedule_on_a_node_that_forgets_old_states() =>
        Prop.ForAll(Schedules.ToArbitrary(), schedule => RunAsync(schedule, chain => new ForgetfulChain(chain)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<Step[]> Schedules => Gen.OneOf(
        Gen.Choose(1, 3).Select(_ => new Step("ask", 0)),
        Gen.Constant(new Step("pump", 0)),
        Gen.Constant(new Step("pump", 0)),
        Gen.Choose(0, 3).Select(count => new Step("mine", count)),
        Gen.Choose(1, 20).Select(depth => new Step("reorg", depth)),
        Gen.Choose(1, 20).Select(depth => new Step("reorgAndForget", depth)),
        Gen.Constant(new Step("drop", 0)),
        Gen.Choose(0, 1000).Select(which => new Step("bringBack", which)),
        Gen.Elements(500, 1000, 3000, 50_000).Select(wei => new Step("baseFee", wei)),
        Gen.Elements(1000, 13_000, 61_000).Select(ms => new Step("wait", ms)),
        Gen.Choose(1, 6).Select(effects => new Step("killBefore", effects)),
        Gen.Choose(1, 6).Select(effects => new Step("killAfter", effects))).ArrayOf().Select(steps => steps.Take(MaxSteps).ToArray());

    private static async Task<Property> RunAsync(Step[] schedule, Func<ModelChain, IChain> seenAs)
    {
        using var world = new QueueWorld(seenAs: seenAs);
        foreach (var step in schedule)
        {
            try
            {
                await DoAsync(world, step);
            }
            catch (KilledException)
            {
                world.Restart();
            }
        }

        world.Restart();
        await world.SettleAsync();
        var mined = world.Chain.Mined.ToArray();
        var state = await world.Store.LoadAsync(CancellationToken.None) ?? TxQueueState.Empty(0, default);
        var executed = mined.Select(transaction => Keccak256.Hash(transaction.Transaction.Data.Span)).ToArray();
        return Says(state.Open.IsEmpty, "something stays open: " + string.Join(", ", state.Open.Select(open => $"{open.Nonce} {open.Problem}")))
            .And(Says(executed.Distinct().Count() == executed.Length, "a request was executed twice"))
            .And(Says(world.Asked.All(executed.Contains), "an acknowledged request was not executed"))
            .And(Says(mined.Select(transaction => transaction.Transaction.Nonce).SequenceEqual(Enumerable.Range(0, mined.Length).Select(i => (ulong)i)), "a nonce was skipped"))
            .And(Says(state.Closed.All(closed => closed.Outcome == TransactionOutcome.Succeeded), "an outcome is wrong"))
            .And(Says(world.Chain.EverSubmitted.Values.GroupBy(sent => sent.Transaction.Nonce).All(IsOneRequestAtRisingFees), "a nonce was reused, or a fee raised by less than 12.5 %"));
    }

    private static async Task DoAsync(QueueWorld world, Step step)
    {
        switch (step.Name)
        {
            case "ask":
                var request = QueueWorld.Request(world.Asked.Count);
                if (await world.EnqueueAsync(request) is EnqueueStatus.Accepted or EnqueueStatus.AlreadyKnown) world.Asked.Add(request.Id);
                break;
            case "pump": await world.PumpAsync(); break;
            case "mine": world.Chain.Mine(step.Value); break;
            case "reorg": world.Chain.Reorg(step.Value, isReturnedToPool: true); break;
            case "reorgAndForget": world.Chain.Reorg(step.Value, isReturnedToPool: false); break;
            case "drop": world.Chain.DropPool(); break;
            case "bringBack" when world.Chain.EverSubmitted.Count > 0:
                world.Chain.BringBack(world.Chain.EverSubmitted.Values.ElementAt(step.Value % world.Chain.EverSubmitted.Count));
                break;
            case "baseFee": world.Chain.BaseFeeWei = (UInt128)step.Value; break;
            case "wait": world.Time.Advance(step.Value); break;
            case "killBefore": world.Killer.Arm(step.Value, isAfter: false); break;
            case "killAfter": world.Killer.Arm(step.Value, isAfter: true); break;
        }
    }

    private static bool IsOneRequestAtRisingFees(IEnumerable<SignedTransaction> sent)
    {
        var ordered = sent.OrderBy(transaction => transaction.Transaction.Fees.MaxFeePerGasWei).ToArray();
        return ordered.Select(transaction => Hex.Text(transaction.Transaction.Data)).Distinct().Count() == 1
            && ordered.Zip(ordered.Skip(1)).All(pair => IsRaised(pair.First.Transaction.Fees, pair.Second.Transaction.Fees));
    }

    private static bool IsRaised(Fees before, Fees after) =>
        after.MaxFeePerGasWei * 8 >= before.MaxFeePerGasWei * 9 && after.MaxPriorityFeePerGasWei * 8 >= before.MaxPriorityFeePerGasWei * 9;

    private static Property Says(bool holds, string otherwise) => Prop.ToProperty(holds).Label(otherwise);

    private sealed class ForgetfulChain(ModelChain inner) : PassingChain(inner)
    {
        public override Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) =>
            at.IsNumber ? throw new ChainException(ChainFault.Refused, "missing trie node") : base.GetNonceAsync(account, at, cancellationToken);
    }

    internal sealed record Step(string Name, int Value);
}
