using System.Collections.Immutable;
using Grid.Gpus;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Simulation;

/// <summary>Which devices a job of so many thousandths gets; null where not enough is free.</summary>
public delegate ImmutableArray<BoundDevice>? DeviceChooser(OfferTerms terms, CapacityLedger ledger, long gpuMillis, DateTimeOffset now);

/// <summary>Row 17: sixteen jobs of half a GPU each on eight GPUs, first eight of them at once and then the others.</summary>
public static class HalfGpus
{
    private const int Devices = 8;
    private const int Half = OfferedDevice.WholeMillis / 2;
    private const string Model = "rtx4090";

    private static readonly TimeSpan s_wave = TimeSpan.FromMinutes(1);

    /// <param name="choose">How devices are chosen, unless a test chooses otherwise.</param>
    public static void Play(World world, DeviceChooser? choose = null)
    {
        var machine = new SharedMachine(world, choose ?? Packed);
        machine.Submit(0, Devices);
        world.RunFor(s_wave);
        var packed = machine.SharesByDevice.Count;
        world.Verdicts.Check(
            machine.Placed == Devices && packed == Devices / 2, "INV-GPU-03", "the first eight jobs",
            $"{Devices} placed on {Devices / 2} devices, so that as many stay whole", $"{machine.Placed} on {packed}");

        machine.Submit(Devices, Devices);
        world.RunFor(s_wave);
        world.Verdicts.Check(machine.Placed == 2 * Devices, "INV-GPU-03", "all jobs", $"{2 * Devices} placed", $"{machine.Placed}");
        foreach (var (uuid, millis) in machine.SharesByDevice)
            world.Verdicts.Check(millis <= OfferedDevice.WholeMillis, "INV-GPU-01", uuid, "at most two halves", $"{millis} thousandths");
    }

    private static ImmutableArray<BoundDevice>? Packed(OfferTerms terms, CapacityLedger ledger, long gpuMillis, DateTimeOffset now) =>
        DeviceChoice.Choose(terms, ledger, BoundElsewhere.Nothing, Model, gpuMillis, now);

    /// <summary>A provider's ledger and its real devices, as ProviderGrain puts them together: chosen, held, promised.</summary>
    private sealed class SharedMachine(World world, DeviceChooser choose)
    {
        private const int Tries = 8;

        private readonly OfferTerms _terms = world.Nodes[0].Machine.Terms with
        {
            Devices =
                [.. Enumerable.Range(0, Devices)
                .Select(static i => new OfferedDevice($"half-{i}", Model, "nvidia", 24_576, null, Half, true))],
        };

        private CapacityLedger _ledger = new();

        public int Placed { get; private set; }

        /// <summary>The thousandths that devices acknowledged to placed jobs.</summary>
        public SortedDictionary<string, int> SharesByDevice { get; } = new(StringComparer.Ordinal);

        public void Submit(int first, int count)
        {
            for (var job = first; job < first + count; job++)
            {
                var lease = new LeaseId(Keys.HashOf(world.Options.Seed, $"half {job}"));
                world.Spawn($"half {job}", () => Place(lease));
            }
        }

        private async Task Place(LeaseId lease)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (choose(_terms, _ledger, Half, world.Clock.GetUtcNow()) is not { } devices) return;
                var bindings = new Bindings([.. devices], 0, 0, default, []);
                _ledger = _ledger.With(lease, new CapacityEntry(default, bindings, ProviderOffering.AmountsOf(bindings), true, null));
                if (await Hold(lease, devices[0]))
                {
                    Placed++;
                    SharesByDevice[devices[0].Uuid] = SharesByDevice.GetValueOrDefault(devices[0].Uuid) + devices[0].ShareMillis;
                    return;
                }

                _ledger = _ledger.Without(lease);
                await world.Delay(TimeSpan.FromSeconds(1));
            }
        }

        private async Task<bool> Hold(LeaseId lease, BoundDevice device)
        {
            var gpu = world.Grains.GetGrain<IGpuGrain>(new GpuKey(world.Nodes[0].Id, device.Uuid).ToString());
            var hold = new GpuHold(lease, device.ShareMillis, BoundDevice.WholeMillis, world.Clock.GetUtcNow() + TimeSpan.FromHours(1));
            return await World.Ask(() => gpu.Hold(hold)) is { IsHeld: true };
        }
    }
}
