using Grid.Matching;
using Grid.Protocol;
using Grid.Simulation;

namespace Grid.Tests.Simulation.Scenarios;

/// <summary>Each row of the fault table that the simulator plays: it holds with its guard, and fails without it.</summary>
public sealed class GuardedScenarios
{
    private const ulong Seed = 5;

    public static TheoryData<int> Rows() => [.. AllScenarios.All.Select(static scenario => scenario.Row)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_holds(int row)
    {
        using var world = AllScenarios.Find(row)!.Run(Seed);

        Assert.Empty(world.Violations);
        Assert.True(world.InvariantsChecked > 0);
    }

    [Fact]
    public void Row_1_two_activations_of_one_GPU_grain_sell_it_twice_where_the_store_ignores_etags() =>
        Breaks(1, new Tampering { Storage = static (_, store) => new BlindStorage(store) });

    [Fact]
    public void Row_2_a_lease_is_lost_with_the_silo_where_writes_are_acknowledged_before_they_are_durable() =>
        Breaks(2, new Tampering { Storage = static (world, store) => new WriteBehindStorage(store, world, behind: "lease") });

    [Fact]
    public void Row_3_a_deposit_is_booked_twice_where_its_operation_id_is_forgotten() =>
        Breaks(3, new Tampering { Storage = static (_, store) => new MutatingStorage(store, Mutations.ForgetOperations) });

    [Fact]
    public void Row_6_acknowledged_shares_are_overwritten_where_the_store_ignores_etags() =>
        Breaks(6, new Tampering { Storage = static (_, store) => new BlindStorage(store) });

    [Fact]
    public void Row_7_a_doubled_credit_counts_twice_where_accounts_forget_what_they_booked() => Breaks(7, Mutations.ForgetfulAccounts);

    [Fact]
    public void Row_8_a_lease_of_a_dead_node_never_ends_where_no_sweep_comes() => Breaks(8, Mutations.NoReminders);

    [Fact]
    public void Row_9_seconds_are_billed_that_never_passed_where_a_node_counts_on_its_wall_clock() =>
        Breaks(9, new Tampering { Node = new NodeRules { BootClock = static (bootMs, offset) => bootMs + (long)offset.TotalMilliseconds } });

    [Fact]
    public void Row_14_a_workload_runs_unpaid_where_its_node_does_not_stop_at_what_is_paid() =>
        Breaks(14, new Tampering { Node = new NodeRules { DueStop = static (lease, _, _) => lease.Close is null ? default : lease.EndReason } });

    [Fact]
    public void Row_15_leases_end_where_a_node_forgets_its_ledger() => Breaks(15, new Tampering { Node = new NodeRules { AfterRestart = static ledger => new() { LastToken = ledger.LastToken } } });

    [Fact]
    public void Row_16_ghosts_stay_where_holds_neither_expire_nor_are_swept() => Breaks(16, Mutations.NothingFreed);

    [Fact]
    public void Row_17_whole_devices_run_out_where_shares_go_to_the_emptiest() =>
        Finds(17, "INV-GPU-03", static world => HalfGpus.Play(world, Mutations.Spread));

    [Fact]
    public void Row_17_jobs_find_no_place_where_nobody_counts_what_is_bound() =>
        Finds(17, "INV-GPU-03", static world => HalfGpus.Play(world, Mutations.AlwaysTheFirst));

    [Fact]
    public void Row_19_a_flood_fills_the_store_where_enrolment_has_no_bound() => Finds(19, "INV-ENROL-01", static world => FakeFlood.Play(world, perMinute: 1_000_000));

    [Fact]
    public void Row_19_a_fake_ranks_with_the_best_where_it_is_believed_what_it_says() =>
        Finds(19, "INV-ENROL-01", static world => FakeFlood.Play(world, standing: new ProviderStanding(Money.FromTokens(1_000), 0, 60, 16_000, 16_000, 1)));

    [Fact]
    public void Row_19_a_fake_earns_where_its_heartbeats_are_enough() => Finds(19, "INV-ENROL-01", static world => FakeFlood.Play(world, isChallenged: false));

    [Fact]
    public void Row_22_one_operator_that_lies_slashes_whom_it_likes_where_its_word_alone_is_a_quorum() =>
        Finds(22, "INV-SLASH-04", static world => DividedOperators.Play(world, liarsWeight: 1_000));

    [Fact]
    public void Row_22_a_node_that_nobody_else_has_heard_earns_where_one_operator_is_a_quorum() =>
        Finds(22, "INV-ERA-02", static world => DividedOperators.Play(world, liarsWeight: 1_000));

    [Fact]
    public void Row_22_on_the_grains_a_liar_does_as_it_likes_where_its_word_alone_is_a_quorum()
    {
        using var world = new World(ObservingOperators.Options with { Seed = Seed, Eras = new EraPlan(Liar: 3, LiarsWeight: 1_000) });

        world.Run();

        Assert.Contains(world.Violations, static violation => violation.Invariant is "INV-ERA-02" or "INV-SLASH-04");
    }

    [Fact]
    public void Row_22_a_late_book_changes_what_was_committed_where_it_is_taken() => Finds(22, "INV-ERA-01", static world => DividedOperators.Play(world, takesLateBooks: true));

    [Fact]
    public void Row_23_a_grinder_wins_where_it_knows_the_element() =>
        Finds(23, "INV-MATCH-01", static world => Grinding.Play(world, knowsSeed: true));

    [Fact]
    public void Row_23_a_biased_matchmaker_is_believed_where_nobody_derives_its_selection_again() =>
        Finds(23, "INV-MATCH-02", static world => Grinding.Play(world, verify: static _ => []));

    [Fact]
    public void Row_24_washing_pays_where_leases_are_counted_instead_of_fees() =>
        Finds(24, "INV-REP-01", static world => WashLeases.Play(world, static _ => new Money(1_000)));

    [Fact]
    public void Row_25_a_new_name_washes_a_slash_off_where_it_is_taken_for_clean() =>
        Finds(25, "INV-MATCH-03", static world =>
            NewIdentities.Play(world, static stake => ProviderStanding.Newcomer with { Stake = stake, ErasServed = 60 }));

    [Fact]
    public void Row_26_the_stake_is_gone_where_it_may_leave_before_the_report() =>
        Finds(26, "INV-SLASH-02", static world => EarlyWithdrawals.Play(world, CourtRules.Standard with { UnbondingSeconds = 100 }));

    [Fact]
    public void Row_26_the_stake_is_gone_where_a_proposal_holds_nothing() =>
        Finds(26, "INV-SLASH-02", static world => EarlyWithdrawals.Play(world, CourtRules.Standard with { UnbondingSeconds = 900, HoldsAtOnce = false }));

    [Fact]
    public void Row_27_more_than_the_stake_is_slashed_where_a_proposal_holds_nothing() =>
        Finds(27, "INV-CHAIN-05", static world => ContestedSlashes.Play(world, CourtRules.Standard with { HoldsAtOnce = false }));

    [Fact]
    public void Row_27_a_second_is_slashed_twice_where_repeats_are_taken() =>
        Finds(27, "INV-SLASH-03", static world => ContestedSlashes.Play(world, CourtRules.Standard with { RefusesRepeats = false }));

    [Fact]
    public void Row_27_a_copy_earns_the_reward_where_the_reporter_is_not_signed() =>
        Finds(27, "INV-SLASH-03", static world => ContestedSlashes.Play(world, CourtRules.Standard with { BindsReporter = false }));

    [Fact]
    public void Row_40_a_hostile_manifest_gets_through_where_the_reader_takes_everything()
    {
        using var world = new World(AllScenarios.Find(40)!.Options);

        HostileManifests.Play(world, Mutations.TakeEverything);

        Assert.Contains(world.Violations, static violation => violation.Invariant == "INV-MANIFEST-01");
    }

    [Fact]
    public void Row_41_a_big_order_starves_where_no_room_is_kept_for_it() => Breaks(41, Mutations.NoRoomKept);

    private static void Finds(int row, string invariant, Action<World> play)
    {
        using var world = new World(AllScenarios.Find(row)!.Options with { Seed = Seed });

        play(world);

        Assert.Contains(world.Violations, violation => violation.Invariant == invariant);
    }

    private static void Breaks(int row, Tampering tampering)
    {
        var scenario = AllScenarios.Find(row)!;

        using var world = scenario.Run(Seed, tampering);

        Assert.True(world.Violations.Any(violation => scenario.Invariants.Contains(violation.Invariant)), string.Join('\n', world.Violations.Take(12)));
    }
}
