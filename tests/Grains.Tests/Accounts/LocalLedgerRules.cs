using FsCheck.Fluent;
using Grid.Accounts;
using Grid.Protocol;

namespace Grid.Tests.Grains.Accounts;

public sealed class LocalLedgerRules
{
    [Fact]
    public void Each_order_counts_once_whatever_the_repeats()
    {
        var step =
            from id in Gen.Choose(0, 6)
            from amount in Gen.Choose(-5, 100)
            select (Id: id, Amount: (long)amount);

        Properties.ForAllSequences(step, 60, orders =>
        {
            var state = new LocalLedgerState();
            var booked = new Dictionary<int, long>();
            foreach (var (id, amount) in orders)
            {
                var decision = LocalLedger.Fund(state, Some.Digest("fund", id), new Money(amount));
                var isNew = amount > 0 && booked.TryAdd(id, amount);
                Assert.Equal(isNew, decision.HasChanged);
                Assert.Equal(booked.TryGetValue(id, out var before) && before == amount, decision.Result.IsBooked);
                state = decision.State;
                Assert.Equal(booked.Values.Sum(), state.Deposited.MicroUnits);
            }
        });
    }

    [Fact]
    public void The_same_id_with_another_amount_says_what_it_funded()
    {
        var state = LocalLedger.Fund(new LocalLedgerState(), Some.Digest("fund", 1), new Money(7)).State;

        Assert.EndsWith("funded 0.000007 already.", LocalLedger.Fund(state, Some.Digest("fund", 1), new Money(8)).Result.Refusal, StringComparison.Ordinal);
    }
}
