using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Settlements;

/// <param name="ExitReadyAt">Zero where no exit runs.</param>
internal sealed record ModelAccount(Address Payer, Money Deposited, Money Withdrawn, long ExitReadyAt, long ExitedAt)
{
    public Money Balance => Deposited - Withdrawn;
}

/// <summary>
/// The Escrow's rules for one operator, as docs/protocol/escrow.md has them. Immutable, so that a reorg is going back. A call that would
/// revert gives null.
/// </summary>
internal sealed record EscrowModel(Eip712Domain Domain, Address Operator)
{
    public const long Window = 40;
    public const long Silence = 160;
    public const long ExitDelay = 260;

    public long Now { get; init; } = 1_000_000;

    public ImmutableArray<ModelAccount> Accounts { get; init; } = [];

    public ImmutableSortedDictionary<Address, Money> Claimed { get; init; } = ImmutableSortedDictionary<Address, Money>.Empty;

    public Money FeesPaid { get; init; }

    public ulong Posting { get; init; }

    public bool IsOpen { get; init; }

    public SettlementRoot Pending { get; init; } = SettlementRoot.None;

    public SettlementRoot Final { get; init; } = SettlementRoot.None;

    public long PostedAt { get; init; }

    public long LastPosted { get; init; }

    public ImmutableSortedDictionary<uint, long> Challenges { get; init; } = ImmutableSortedDictionary<uint, long>.Empty;

    public ImmutableSortedSet<uint> EverChallenged { get; init; } = [];

    public int Voided { get; init; }

    public int Answered { get; init; }

    public int Exits { get; init; }

    public Money Bond { get; init; }

    public Money Locked { get; init; }

    /// <summary>The operator's transactions that are mined.</summary>
    public ImmutableSortedSet<Hash256> Done { get; init; } = [];

    public Money Deposited => Accounts.Aggregate(Money.Zero, static (sum, account) => sum + account.Deposited);

    public Money Balance => Accounts.Aggregate(Money.Zero, static (sum, account) => sum + account.Balance);

    public Money ClaimedInAll => Claimed.Values.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    public Money Pool => Balance - ClaimedInAll - FeesPaid;

    public EscrowModel Deposit(Address payer, Money amount)
    {
        var index = IndexOf(payer);
        var account = index < 0 ? new ModelAccount(payer, amount, Money.Zero, 0, 0) : Accounts[index] with { Deposited = Accounts[index].Deposited + amount };
        return this with { Accounts = index < 0 ? Accounts.Add(account) : Accounts.SetItem(index, account), LastPosted = LastPosted == 0 ? Now : LastPosted };
    }

    public EscrowModel? Post(SettlementRoot last, SettlementRoot next)
    {
        var falls = next.Charged < last.Charged || next.Earned < last.Earned || next.Fees < last.Fees || next.Accounts < last.Accounts || next.Accounts == 0;
        if (IsOpen || last != Final || falls || next.Charged != next.Earned + next.Fees || next.Accounts > Accounts.Length) return null;
        var credit = next.Charged - last.Charged;
        if (next.Charged + next.Held > Balance || credit > Bond - Locked) return null;
        return this with
        {
            IsOpen = true,
            Pending = next,
            Posting = Posting + 1,
            PostedAt = Now,
            LastPosted = Now,
            Locked = credit,
            Challenges = Challenges.Clear(),
            EverChallenged = [],
        };
    }

    public EscrowModel? Challenge(uint account) => !IsOpen || Now >= PostedAt + Window || account >= Pending.Accounts || EverChallenged.Contains(account)
        ? null
        : this with { Challenges = Challenges.Add(account, Now + Window), EverChallenged = EverChallenged.Add(account) };

    public EscrowModel? Answer(uint account, PayerProof proof, Signed<Authorization>? authorization)
    {
        if (!IsOpen || !Challenges.TryGetValue(account, out var before) || Now >= before || proof.Root != Pending || !proof.IsAt(account)) return null;
        var known = Accounts[(int)account];
        var needed = proof.Leaf.Charged + proof.Leaf.Held;
        var kept = known.ExitedAt >= PostedAt ? proof.Leaf.Charged : needed;
        if (known.Payer != proof.Leaf.Payer || kept > known.Balance) return null;
        if (needed > Money.Zero && !Covers(authorization, proof.Leaf, needed)) return null;
        return this with { Challenges = Challenges.Remove(account), Answered = Answered + 1 };
    }

    /// <summary>Anybody may, and here somebody always does.</summary>
    public EscrowModel VoidUnanswered() => IsOpen && Challenges.Values.Any(before => Now >= before)
        ? this with { IsOpen = false, Locked = Money.Zero, Challenges = Challenges.Clear(), Voided = Voided + 1 }
        : this;

    public EscrowModel? FinalizeRoot() => !IsOpen || Now < PostedAt + Window || !Challenges.IsEmpty ? null : this with { IsOpen = false, Final = Pending, Locked = Money.Zero };

    public EscrowModel? CollectFees(SettlementRoot root) => root != Final || root.Fees <= FeesPaid ? null : this with { FeesPaid = root.Fees };

    public EscrowModel? Claim(Address provider, ProviderProof proof)
    {
        var before = Claimed.GetValueOrDefault(provider);
        return proof.Root != Final || !proof.Shows(provider) || proof.Earned <= before ? null : this with { Claimed = Claimed.SetItem(provider, proof.Earned) };
    }

    public EscrowModel? Withdraw(Withdrawal withdrawal, PayerProof final, PayerProof open)
    {
        var account = Find(withdrawal.Payer)!;
        var amount = withdrawal.Withdrawn - account.Withdrawn;
        if (Now >= withdrawal.ExpiryUnixSeconds || amount <= Money.Zero || Owed(account, final, open, countHeld: true) is not { } owed) return null;
        return amount > account.Balance - owed || amount > Room() ? null : Put(account with { Withdrawn = withdrawal.Withdrawn });
    }

    public EscrowModel? RequestExit(Address payer) =>
        Find(payer) is { ExitReadyAt: 0 } account ? Put(account with { ExitReadyAt = Now + ExitDelay }) : null;

    public EscrowModel? CompleteExit(Address payer, PayerProof final, PayerProof open)
    {
        if (Find(payer) is not { ExitReadyAt: > 0 } account || Now < account.ExitReadyAt || Owed(account, final, open, countHeld: false) is not { } owed) return null;
        var amount = Money.Max(Money.Zero, Money.Min(account.Balance - owed, Room()));
        return Put(account with { Withdrawn = account.Withdrawn + amount, ExitReadyAt = 0, ExitedAt = Now }) with { Exits = Exits + 1 };
    }

    public ModelAccount? Find(Address payer) => IndexOf(payer) is >= 0 and var index ? Accounts[index] : null;

    public int IndexOf(Address payer) => Accounts.ToList().FindIndex(account => account.Payer == payer);

    private EscrowModel Put(ModelAccount account) => this with { Accounts = Accounts.SetItem(IndexOf(account.Payer), account) };

    private Money Room() => Balance - Money.Max(Final.Charged, IsOpen ? Pending.Charged : Money.Zero);

    /// <returns>Null where the account's place under a root that stands is not shown.</returns>
    private Money? Owed(ModelAccount account, PayerProof final, PayerProof open, bool countHeld)
    {
        var (closed, pending) = (OwedUnder(account, Final, final, countHeld), IsOpen ? OwedUnder(account, Pending, open, countHeld) : Money.Zero);
        return closed is null || pending is null ? null : Money.Max(closed.Value, pending.Value);
    }

    private Money? OwedUnder(ModelAccount account, SettlementRoot root, PayerProof proof, bool countHeld)
    {
        var index = IndexOf(account.Payer);
        if (root == SettlementRoot.None) return Money.Zero;
        if (proof.Root != root) return null;
        if (index >= root.Accounts) return Money.Zero;
        if (proof.Leaf.Payer != account.Payer || !proof.IsAt((uint)index)) return null;
        return proof.Leaf.Charged + (countHeld ? proof.Leaf.Held : Money.Zero);
    }

    private bool Covers(Signed<Authorization>? authorization, PayerLeaf leaf, Money needed) =>
        authorization is { Value: { } value } && value.Operator == Operator && value.Payer == leaf.Payer && value.Sequence == leaf.Sequence
        && leaf.Authorization == value.Digest(Domain) && needed <= value.CumulativeMax && authorization.IsSignedBy(leaf.Payer, Domain);
}
