using System.Collections.Immutable;
using System.Text;
using Grid.Accounts;
using Grid.Leases;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Tests.Simulation.Scenarios;

/// <summary>The guards of the scenarios, taken out one by one.</summary>
internal static class Mutations
{
    public static Tampering ForgetfulAccounts { get; } = new()
    {
        Storage = static (_, store) => new MutatingStorage(store, ForgetOperations),
        Silo = static (_, silo) => silo.Services.AddSingleton<IIncomingGrainCallFilter, ReloadAfterCredit>(),
    };

    public static Tampering NoReminders { get; } = new() { Silo = static (_, silo) => silo.Services.AddSingleton<IIncomingGrainCallFilter, SwallowReminders>() };

    public static Tampering NothingFreed { get; } = new()
    {
        Storage = static (_, store) => new MutatingStorage(store, HoldForEver),
        Silo = static (_, silo) => silo.Services.AddSingleton<IIncomingGrainCallFilter, KeepRooms>(),
    };

    public static Tampering NoRoomKept { get; } = new()
    {
        Silo = static (_, silo) => silo.Services.AddSingleton<IIncomingGrainCallFilter, KeepNoRoom>(),
    };

    public static object? ForgetOperations(object? state) => state switch
    {
        LocalLedgerState ledger => ledger with { Funded = ledger.Funded.Clear() },
        AccountState account => account with { Settled = account.Settled.Clear(), Credited = account.Credited.Clear() },
        _ => state,
    };

    private static object? HoldForEver(object? state) => state is ProviderLedgerState { Ledger: var ledger }
        ? new ProviderLedgerState { Ledger = new CapacityLedger { Entries = ledger.Entries.ToImmutableSortedDictionary(static entry => entry.Key, static entry => entry.Value with { ExpiresAt = null }) } }
        : state;

    /// <summary>A share of the emptiest device.</summary>
    public static ImmutableArray<BoundDevice>? Spread(OfferTerms terms, CapacityLedger ledger, long gpuMillis, DateTimeOffset now)
    {
        var emptiest = terms.Devices.OrderBy(device => ledger.BoundOfDevice(device.Uuid, now))
            .ThenBy(static device => device.Uuid, StringComparer.Ordinal).First();
        return ledger.BoundOfDevice(emptiest.Uuid, now) + gpuMillis > OfferedDevice.WholeMillis ? null
            : [new BoundDevice(emptiest.Uuid, (int)gpuMillis)];
    }

    public static ImmutableArray<BoundDevice>? AlwaysTheFirst(
        OfferTerms terms, CapacityLedger ledger, long gpuMillis, DateTimeOffset now) =>
        [new BoundDevice(terms.Devices[0].Uuid, (int)gpuMillis)];

    public static ManifestReading TakeEverything(ReadOnlyMemory<byte> text) =>
        new(new Manifest { Dialect = ManifestDialect.Icl, Version = Encoding.UTF8.GetString(text.Span[..Math.Min(8, text.Length)]) }, [], []);

    /// <summary>The activation ends after each credit, so that only what is stored is remembered.</summary>
    private sealed class ReloadAfterCredit : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(IAccountGrain.Credit)) ((IGrainBase)context.Grain).DeactivateOnIdle();
        }
    }

    private sealed class KeepNoRoom : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName != nameof(IProviderGrain.KeepRoom)) return context.Invoke();
            context.Result = new RoomAnswer(RoomFit.Never, false);
            return Task.CompletedTask;
        }
    }

    private sealed class KeepRooms : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName != nameof(ILeaseGrain.TryFreeRoom)) return context.Invoke();
            context.Result = false;
            return Task.CompletedTask;
        }
    }

    private sealed class SwallowReminders : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => context.MethodName == nameof(IRemindable.ReceiveReminder) ? Task.CompletedTask : context.Invoke();
    }
}
