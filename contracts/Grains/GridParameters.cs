using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Manifests;

namespace Grid;

/// <summary>The numbers an operator's grid runs on (design, "Numbers that are settled"). The same for every grain of a silo.</summary>
public sealed record GridParameters
{
    /// <summary>Heartbeat = receipt = step of <c>paidThrough</c>.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A hold that no lease stands behind expires after this many ticks.</summary>
    public int HoldTicks { get; init; } = 3;

    /// <summary>A node silent for this many ticks is lost.</summary>
    public int LostTicks { get; init; } = 6;

    /// <summary>How long an order that nobody fits waits for room before its deployment gives up.</summary>
    public TimeSpan StandingFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far a lease is paid ahead where its manifest does not say.</summary>
    public long DefaultRunAheadSeconds { get; init; } = 3600;

    /// <summary>The burned share of every charge, in parts per million.</summary>
    public int FeePpm { get; init; } = 10_000;

    /// <summary>The token this operator settles in.</summary>
    public string Token { get; init; } = "GRID";

    private const int StepTicks = 6;

    private const int PatienceTicks = 12;

    private static readonly ImmutableSortedSet<string> UsualAliases =
        ImmutableSortedSet.Create(StringComparer.Ordinal, "GRID", "uGRID", "USDC", "uSPON", "CST", "USDT");

    /// <summary>Denominations of a manifest's prices that this operator takes as its token, micro-units or whole tokens alike.</summary>
    public ImmutableSortedSet<string> TokenAliases
    {
        get;
        init => (field, Denoms) = (value, DenomTable.OneForOne(value));
    } = UsualAliases;

    /// <summary>What <see cref="TokenAliases"/> are worth.</summary>
    public DenomTable Denoms { get; private init; } = DenomTable.OneForOne(UsualAliases);

    /// <summary>No lease is paid further ahead than this.</summary>
    public long MaxRunAheadSeconds { get; init; } = 86_400;

    /// <summary>Whether offers with pretended GPUs are taken: only in development.</summary>
    public bool AcceptsPretendedGpus { get; init; }

    /// <summary>
    /// What a provider must have staked on the chain, and not on its way out, to get new leases and to earn rewards: zero without a chain.
    /// </summary>
    public Money MinStake { get; init; }

    /// <summary>Orders that one hash chain of a matchmaker serves before the next one is published: 1 to <see cref="Protocol.Matching.HashChain.MaxLength"/>.</summary>
    public int MatchChainLength { get; init; } = 1 << 16;

    /// <summary>When era 0 began: the same for all operators of a set.</summary>
    public DateTimeOffset Genesis { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>At least a tick, and whole seconds.</summary>
    public TimeSpan Era { get; init; } = TimeSpan.FromDays(1);

    /// <summary>An era whose root nobody has committed within so many eras after its end is missed.</summary>
    public int EraCommitWindowEras { get; init; } = 2;

    /// <summary>What a leased GPU of multiplier 1 earns in an hour at trust multiplier 1.</summary>
    public RatePerHour RewardBase { get; init; } = new(100_000);

    public EraRules Eras => new(new EraSchedule(Genesis.ToUnixTimeSeconds(), (long)Era.TotalSeconds, TickSeconds), RewardBase, TrustTierTable.Standard);

    public TimeSpan HoldExpiry => Tick * HoldTicks;

    /// <summary>Between two steps of a guide price.</summary>
    public TimeSpan PriceStep => Tick * StepTicks;

    /// <summary>How long an order waits before a provider is emptied for it.</summary>
    public TimeSpan StandingPatience => Tick * PatienceTicks;

    public TimeSpan LostAfter => Tick * LostTicks;

    public long TickSeconds => Math.Max(1, (long)Tick.TotalSeconds);
}
