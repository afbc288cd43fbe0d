using System.Text.Json;
using FsCheck.Fluent;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Tests.Grains.Cluster;
using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Grains.Providers;

/// <summary>What is promised of a provider, as it is stored.</summary>
public sealed class LedgerRows
{
    [Fact]
    public void Any_ledger_comes_back_as_it_was()
    {
        var amount = Gen.Elements(0L, 1L, 63L, 64L, 1_000L, ResourceAmounts.MaxAmount, long.MaxValue);
        var storage = from a in amount from b in amount from c in amount from d in amount select new StorageAmounts(a, b, c, d);
        var device = from number in Gen.Choose(0, 9) from share in Gen.Choose(1, BoundDevice.WholeMillis) select new BoundDevice($"GPU-{number}-ü", share);
        var port = from number in Gen.Choose(1, ushort.MaxValue) select new BoundPort("web", (ushort)number);
        var bindings =
            from devices in device.ArrayOf()
            from ports in port.ArrayOf()
            from cpu in amount
            from memory in amount
            from disk in storage
            select new Bindings(devices, cpu, memory, disk, ports);
        var entry =
            from lease in Gen.Choose(0, 1_000)
            from bound in bindings
            from gpu in amount
            from isPretended in Gen.Elements(true, false)
            from expiry in Gen.Elements<DateTimeOffset?>(null, Some.Now, Some.Now.AddTicks(1), DateTimeOffset.MaxValue)
            select (Lease: lease, Entry: new CapacityEntry(Some.Order(lease), bound, new ResourceAmounts(bound.CpuMillis, 3, bound.StorageMib, gpu, lease), isPretended, expiry));

        Properties.ForAllSequences(entry, 12, entries =>
        {
            var ledger = entries.Aggregate(new CapacityLedger(), static (sum, next) => sum.With(Some.Lease(next.Lease), next.Entry));

            var back = Decode(Encode(ledger));

            Assert.Equal(ledger.Entries.Keys, back.Entries.Keys);
            foreach (var (lease, expected) in ledger.Entries)
            {
                var actual = back.Entries[lease];
                Assert.Equal(expected with { Bindings = actual.Bindings }, actual);
                Assert.Equal(expected.Bindings.Devices, actual.Bindings.Devices);
                Assert.Equal(expected.Bindings.Ports, actual.Bindings.Ports);
                Assert.Equal(expected.Bindings with { Devices = [], Ports = [] }, actual.Bindings with { Devices = [], Ports = [] });
            }
        });
    }

    [Fact]
    public void A_row_that_was_cut_off_is_a_json_error()
    {
        var packed = Convert.FromBase64String(JsonDocument.Parse(Encode(new CapacityLedger().With(Some.Lease(1), Entry()))).RootElement.GetProperty("ledger").GetString()!);

        for (var size = 1; size < packed.Length; size++)
            Assert.Throws<JsonException>(() => Decode($$"""{"ledger":"{{Convert.ToBase64String(packed.AsSpan(0, size))}}"}"""));
    }

    [Fact]
    public void What_an_earlier_version_had_promised_in_the_providers_own_row_is_still_promised()
    {
        using var world = new World();
        var provider = Some.Provider(1).ToString();
        var old = new ProviderState { Ledger = new CapacityLedger().With(Some.Lease(1), Entry()) };
        world.Do(_ => world.Silo.Storage.WriteStateAsync("provider", GrainId.Create("provider", provider), new GrainState<ProviderState>(old)));

        var node = world.Add(1);

        Assert.Equal(1, node.View().LiveLeases);
        Assert.Equal([Some.Lease(1)], world.Silo.Storage.Peek<ProviderLedgerState>("promised", GrainId.Create("provider", provider))!.Ledger.Entries.Keys);
    }

    private static CapacityEntry Entry() => new(Some.Order(1), new Bindings([new BoundDevice("GPU-1")], 1, 2, default, []), default, false, null);

    private static string Encode(CapacityLedger ledger) => JsonSerializer.Serialize(new ProviderLedgerState { Ledger = ledger }, GrainStateJson.Default.ProviderLedgerState);

    private static CapacityLedger Decode(string json) => JsonSerializer.Deserialize(json, GrainStateJson.Default.ProviderLedgerState)!.Ledger;
}
