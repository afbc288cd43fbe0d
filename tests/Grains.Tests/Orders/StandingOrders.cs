using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Orders;
using Grid.Protocol;
using Grid.Providers;

namespace Grid.Tests.Grains.Orders;

/// <summary>The rule alone, and a market that lives by it.</summary>
public sealed class StandingOrders
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static readonly Gen<RoomFit> s_fits = Gen.Elements(RoomFit.Never, RoomFit.Later, RoomFit.Now);

    [Fact]
    public void Nobody_is_served_before_an_older_one_that_fits() => Prop.ForAll(Queues(), static fits =>
    {
        var queue = Queue(fits.Length);

        var next = StandingRule.Next(queue, fits, s_patience, Some.Now);

        var first = Array.IndexOf(fits, RoomFit.Now);
        if (next is not { } chosen) Assert.Equal(-1, first);
        else if (!chosen.Drains) Assert.Equal(queue[first].Order, chosen.Order);
        else Assert.True(first < 0 || PlaceOf(queue, chosen.Order) < first);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_provider_is_emptied_only_for_who_has_waited_for_long_would_fit_and_has_no_other() => Prop.ForAll(Queues(), static fits =>
    {
        var queue = Queue(fits.Length).Select((waiting, place) => waiting with { IsKeptElsewhere = place % 3 == 0 }).ToImmutableArray();

        var next = StandingRule.Next(queue, fits, s_patience, Some.Now);

        if (next is not { Drains: true } chosen) return;
        var place = PlaceOf(queue, chosen.Order);
        Assert.True(fits[place] == RoomFit.Later && !queue[place].IsKeptElsewhere && Some.Now - queue[place].Since >= s_patience);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Big_orders_are_placed_however_many_small_ones_come(int seed)
    {
        var market = new Market(seed, s_patience);

        market.Run(steps: 20_000);

        Assert.True(market.Placed > 5_000, $"{market.Placed} placed");
        Assert.True(market.LongestWait < TimeSpan.FromMinutes(40), $"the longest wait was {market.LongestWait}");
    }

    [Fact]
    public void Without_the_rule_big_orders_starve()
    {
        var market = new Market(seed: 1, TimeSpan.MaxValue);

        market.Run(steps: 20_000);

        Assert.True(market.LongestWait > TimeSpan.FromHours(2), $"the longest wait was {market.LongestWait}");
    }

    private static int PlaceOf(ImmutableArray<Waiting> queue, OrderId order) =>
        queue.Select(static waiting => waiting.Order).ToList().IndexOf(order);

    private static Arbitrary<RoomFit[]> Queues() => s_fits.ArrayOf().Where(static fits => fits.Length > 0).ToArbitrary();

    /// <summary>The oldest has waited a minute a place.</summary>
    private static ImmutableArray<Waiting> Queue(int count) =>
        [.. Enumerable.Range(0, count).Select(place => new Waiting(Some.Order(place + 1), Some.Now.AddMinutes(place - count), false))];

    /// <summary>Four providers of eight units, always more work than room; one order in twenty wants a whole provider, the others one
    /// unit.</summary>
    private sealed class Market(int seed, TimeSpan patience)
    {
        private const int Providers = 4;
        private const int Units = 8;
        private const int StepSeconds = 10;

        private readonly Random _random = new(seed);
        private readonly List<(int Number, int Units, DateTimeOffset Since)> _waiting = [];
        private readonly List<(int Provider, int Units, DateTimeOffset End)> _leases = [];
        private readonly int?[] _keptFor = new int?[Providers];
        private DateTimeOffset _now = Some.Now;
        private int _orders;

        public int Placed { get; private set; }

        public TimeSpan LongestWait { get; private set; }

        public void Run(int steps)
        {
            for (var step = 0; step < steps; step++, _now = _now.AddSeconds(StepSeconds))
            {
                _leases.RemoveAll(lease => lease.End <= _now);
                while (_waiting.Count < 40) _waiting.Add((++_orders, _random.Next(20) == 0 ? Units : 1, _now));
                for (var provider = 0; provider < Providers; provider++) Serve(provider);
            }

            LongestWait = _waiting.Select(order => _now - order.Since).Append(LongestWait).Max();
        }

        private void Serve(int provider)
        {
            while (true)
            {
                var free = Units - _leases.Where(lease => lease.Provider == provider).Sum(static lease => lease.Units);
                var queue = _waiting.Select(order => new Waiting(
                    Some.Order(order.Number), order.Since, Array.IndexOf(_keptFor, order.Number) is var at && at >= 0
                        && at != provider)).ToImmutableArray();
                var fits = _waiting.Select(order => order.Units <= free ? RoomFit.Now : RoomFit.Later).ToArray();
                if (StandingRule.Next(queue, fits, patience, _now) is not { } next) return;
                var place = PlaceOf(queue, next.Order);
                if (!next.Drains) Place(provider, place);
                else _keptFor[provider] = _waiting[place].Number;
                if (next.Drains) return;
            }
        }

        private void Place(int provider, int place)
        {
            var order = _waiting[place];
            _waiting.RemoveAt(place);
            if (_keptFor[provider] == order.Number) _keptFor[provider] = null;
            _leases.Add((provider, order.Units, _now.AddSeconds(_random.Next(60, 600))));
            (Placed, LongestWait) = (Placed + 1, _now - order.Since > LongestWait ? _now - order.Since : LongestWait);
        }
    }
}
