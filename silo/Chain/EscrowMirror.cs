using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Settlements;

namespace Grid.Silo.Chain;

/// <summary>An account of the escrow as it was final when it was last read.</summary>
/// <param name="Number">Counts from 1.</param>
internal sealed record MirroredAccount(Address Payer, uint Number, Money Balance, Money Withdrawn, bool IsLeaving, long ExitReadyUnixSeconds = 0);

internal sealed record StoredMirror(long FinalUnixSeconds, ImmutableArray<MirroredAccount> Accounts);

/// <summary>
/// This operator's accounts in the escrow, by number, as they are final. On the disk, so that a silo that starts without its chain knows
/// the deposits that it knew before. Written by the chain's loop alone, read by anybody.
/// </summary>
internal sealed class EscrowMirror
{
    private readonly StateFile<StoredMirror> _file;
    private volatile Snapshot _now;

    public EscrowMirror(StateFile<StoredMirror> file)
    {
        _file = file;
        var stored = file.Load() ?? new StoredMirror(0, []);
        _now = new Snapshot(stored.FinalUnixSeconds, stored.Accounts.ToImmutableSortedDictionary(static account => account.Number, static account => account));
    }

    /// <summary>The time of the newest final block that was looked at.</summary>
    public long FinalUnixSeconds => _now.FinalUnixSeconds;

    /// <summary>By number. A gap can only be while events are still to come.</summary>
    public IReadOnlyList<MirroredAccount> Accounts => [.. _now.ByNumber.Values];

    public bool HasExits => _now.ByNumber.Values.Any(static account => account.IsLeaving);

    public MirroredAccount? Find(Address payer) => _now.ByPayer.GetValueOrDefault(payer);

    /// <summary>The accounts from number 1 on up to the first that is not known.</summary>
    public ImmutableArray<EscrowLine> Lines() =>
        [.. Accounts.TakeWhile(static (account, index) => account.Number == index + 1).Select(static account => new EscrowLine(account.Payer, account.Balance, account.ExitReadyUnixSeconds))];

    public void Pass(long finalUnixSeconds) => _now = _now with { FinalUnixSeconds = Math.Max(_now.FinalUnixSeconds, finalUnixSeconds) };

    /// <returns>Those that differ from what was known; durable when it returns.</returns>
    public IReadOnlyList<MirroredAccount> Put(IReadOnlyList<MirroredAccount> read)
    {
        var changed = read.Where(account => account.Number != 0 && Find(account.Payer) != account).ToArray();
        if (changed.Length == 0) return changed;
        var next = new Snapshot(_now.FinalUnixSeconds, _now.ByNumber.SetItems(changed.Select(static account => KeyValuePair.Create(account.Number, account))));
        _file.Save(new StoredMirror(next.FinalUnixSeconds, [.. next.ByNumber.Values]));
        _now = next;
        return changed;
    }

    private sealed record Snapshot(long FinalUnixSeconds, ImmutableSortedDictionary<uint, MirroredAccount> ByNumber)
    {
        public ImmutableSortedDictionary<Address, MirroredAccount> ByPayer { get; } =
            ByNumber.Values.ToImmutableSortedDictionary(static account => account.Payer, static account => account);
    }
}
