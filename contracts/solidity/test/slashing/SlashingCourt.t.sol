// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISlashingCourt} from "../../src/slashing/ISlashingCourt.sol";
import {SlashingCourt} from "../../src/slashing/SlashingCourt.sol";
import {IGridParameters} from "../../src/parameters/IGridParameters.sol";
import {Keys} from "../../src/parameters/Keys.sol";
import {Fault, Seen, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {Votes} from "../../src/signing/Votes.sol";
import {EraWorld} from "../support/EraWorld.sol";

contract SlashingCourtTest is EraWorld {
    uint256 private constant STAKE = 1_000 * UNIT;
    address private constant TENANT = address(0x7E4);
    address private constant REPORTER = address(0x4E9);

    Fault private fault;

    function setUp() public override {
        super.setUp();
        vm.prank(node);
        providers.register(node, 0, "");
        _fund(node, 10 * STAKE, address(providers));
        vm.prank(node);
        providers.stake(node, STAKE);
        uint64 now_ = uint64(block.timestamp);
        fault = Fault(1, node, keccak256("lease"), TENANT, now_ - 2 hours, now_, uint64(5 * UNIT), REPORTER);
    }

    function test_Downtime_that_nobody_appeals_is_slashed_and_shared() external {
        bytes32 id = _propose();
        uint256 amount = STAKE * 2 / 100;
        eq(court.caseOf(id).amount, amount, "1 % an hour");
        eq(providers.providerOf(node).held, amount, "held at once");
        vm.expectPartialRevert(ISlashingCourt.WindowOpen.selector);
        court.execute(id);
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        eq(providers.stakeOf(node), STAKE - amount, "stake");
        eq(court.owed(TENANT), 5 * UNIT, "compensation: what he paid");
        eq(court.owed(REPORTER), amount / 20, "reporter");
        eq(court.owed(BURN), amount - 5 * UNIT - amount / 20, "the rest burns");
        eq(token.balanceOf(address(court)), amount, "assets = liabilities");
        court.collect(TENANT);
        eq(token.balanceOf(TENANT), 5 * UNIT, "fetched");
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotProposed.selector, id));
        court.execute(id);
    }

    function test_Gas_of_a_proposal() external {
        _propose();
        vm.snapshotGasLastCall("SlashingCourt", "propose3");
    }

    function test_Row27_Receipts_of_over_a_third_of_the_weight_dismiss_at_once() external {
        bytes32 id = _propose();
        court.appeal(id, _seen(1, fault.from));
        eq(uint256(court.caseOf(id).state), uint256(ISlashingCourt.State.Dismissed), "dismissed");
        eq(providers.providerOf(node).held, 0, "released");
        vm.warp(block.timestamp + APPEAL_WINDOW);
        vm.expectPartialRevert(ISlashingCourt.NotProposed.selector);
        court.execute(id);
        eq(providers.stakeOf(node), STAKE, "untouched");
    }

    function test_Receipts_of_less_of_other_times_or_of_strangers_dismiss_nothing() external {
        bytes32 id = _propose();
        ISlashingCourt.SeenReceipt[] memory receipts = _seen(4, fault.from);
        vm.expectPartialRevert(ISlashingCourt.NotEnoughSeen.selector);
        court.appeal(id, receipts);
        receipts = _seen(ALL, fault.to);
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotSeen.selector, fault.to));
        court.appeal(id, receipts);
        receipts = _seen(ALL, fault.from - 1);
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotSeen.selector, fault.from - 1));
        court.appeal(id, receipts);
        receipts = _seen(1, fault.from);
        receipts[0].signature = _sign(nodeKey, SignedTypes.hash(Seen(node, fault.from)));
        vm.expectPartialRevert(ISlashingCourt.NotEnoughSeen.selector);
        court.appeal(id, receipts);
        receipts = new ISlashingCourt.SeenReceipt[](2);
        receipts[0] = _seen(4, fault.from)[0];
        receipts[1] = receipts[0];
        vm.expectPartialRevert(Votes.SignersNotAscending.selector);
        court.appeal(id, receipts);
        vm.expectRevert(abi.encodeWithSelector(Votes.TooManySignatures.selector, 33, 32));
        court.appeal(id, new ISlashingCourt.SeenReceipt[](33));
        receipts = _seen(ALL, fault.from);
        vm.warp(block.timestamp + APPEAL_WINDOW);
        vm.expectPartialRevert(ISlashingCourt.WindowClosed.selector);
        court.appeal(id, receipts);
    }

    function test_Less_than_a_quorum_accuses_nobody() external {
        bytes[] memory signatures = _votes(SignedTypes.hash(fault), TOO_FEW);
        vm.expectPartialRevert(Votes.NoQuorum.selector);
        court.propose(fault, signatures);
    }

    function test_Row27_One_interval_of_a_lease_is_put_forward_once() external {
        _propose();
        bytes[] memory signatures = _votes(SignedTypes.hash(fault), ALL);
        vm.expectPartialRevert(ISlashingCourt.Overlaps.selector);
        court.propose(fault, signatures);
        fault.to += 1;
        fault.from = fault.to - 2;
        vm.warp(fault.to);
        signatures = _votes(SignedTypes.hash(fault), ALL);
        vm.expectPartialRevert(ISlashingCourt.Overlaps.selector);
        court.propose(fault, signatures);
        fault.from = fault.to - 1;
        _propose();
    }

    function test_Row27_A_copied_report_pays_the_one_who_is_named_in_it() external {
        bytes[] memory signatures = _votes(SignedTypes.hash(fault), ALL);
        vm.prank(other);
        bytes32 id = court.propose(fault, signatures);
        eq(court.caseOf(id).reporter, REPORTER, "reporter");
        fault.reporter = other;
        vm.expectPartialRevert(ISlashingCourt.Overlaps.selector);
        court.propose(fault, signatures);
    }

    function test_Intervals_lie_in_the_past_and_are_reported_in_time() external {
        fault.to = uint64(block.timestamp + 1);
        _refused(ISlashingCourt.BadInterval.selector);
        fault.to = fault.from;
        _refused(ISlashingCourt.BadInterval.selector);
        fault.to = fault.from + 1;
        vm.warp(fault.to + REPORT_WINDOW + 1);
        _refused(ISlashingCourt.TooOld.selector);
        vm.warp(fault.to + REPORT_WINDOW);
        _propose();
    }

    function test_Row26_Stake_that_leaves_is_slashed_all_the_same() external {
        vm.prank(node);
        providers.requestUnstake(node, STAKE);
        vm.warp(fault.to + REPORT_WINDOW);
        bytes32 id = _propose();
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        eq(providers.stakeOf(node), STAKE * 98 / 100, "slashed while unbonding");
        yes(fault.to + UNBONDING >= block.timestamp, "no stake has matured by then");
    }

    function test_A_kind_without_a_schedule_and_a_provider_without_stake_are_refused() external {
        fault.kind = 9;
        _refused(IGridParameters.UnknownParameter.selector);
        fault.kind = 2;
        _schedule(Keys.slashPpmPerHour(2), 0);
        _refused(ISlashingCourt.UnknownKind.selector);
        fault.kind = 1;
        fault.provider = other;
        _refused(ISlashingCourt.NothingToSlash.selector);
    }

    function test_Row36_Other_kinds_are_the_arbiters_and_dismissed_if_he_is_silent() external {
        fault.kind = 2;
        bytes32 id = _propose();
        ISlashingCourt.SeenReceipt[] memory receipts = _seen(ALL, fault.from);
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotAppealable.selector, 2));
        court.appeal(id, receipts);
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        eq(uint256(court.caseOf(id).state), uint256(ISlashingCourt.State.Dismissed), "silence dismisses");
        eq(providers.stakeOf(node), STAKE, "untouched");
    }

    function test_The_arbiter_upholds_or_dismisses_in_time() external {
        fault.kind = 2;
        bytes32 id = _propose();
        eq(court.caseOf(id).amount, STAKE / 2, "capped at half of the stake");
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotArbiter.selector, governor));
        vm.prank(governor);
        court.rule(id, true);
        vm.prank(arbiter);
        court.rule(id, true);
        vm.expectPartialRevert(ISlashingCourt.NotProposed.selector);
        vm.prank(arbiter);
        court.rule(id, false);
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        eq(providers.stakeOf(node), STAKE / 2, "slashed");
        (fault.from, fault.to) = (fault.to, fault.to + 1);
        id = _propose();
        vm.prank(arbiter);
        court.rule(id, false);
        eq(providers.providerOf(node).held, 0, "released");
        fault.kind = 1;
        id = _propose();
        vm.expectRevert(abi.encodeWithSelector(ISlashingCourt.NotAppealable.selector, 1));
        vm.prank(arbiter);
        court.rule(id, false);
    }

    function testFuzz_Row28_Whatever_the_case_a_fifth_burns_and_nothing_is_made(uint256 stake, uint256 seconds_, uint64 paid) external {
        stake = within(stake, 1, 9 * STAKE);
        vm.prank(node);
        providers.stake(node, stake);
        fault.from = fault.to - uint64(within(seconds_, 1, 100 days));
        fault.paid = paid;
        bytes32 id = _propose();
        uint256 amount = court.caseOf(id).amount;
        yes(amount > 0 && amount <= (STAKE + stake + 1) / 2, "rounded up, within the cap");
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        uint256 burned = court.owed(BURN);
        yes(burned * 5 >= amount, "at least a fifth burns");
        yes(court.owed(TENANT) <= paid, "compensation within what was paid");
        yes(court.owed(REPORTER) < amount || amount == 0, "reporter below the whole");
        eq(burned + court.owed(TENANT) + court.owed(REPORTER), amount, "all of it");
        eq(providers.stakeOf(node), STAKE + stake - amount, "stake");
    }

    function test_Row28_A_slash_of_one_unit_takes_a_unit() external {
        fault.from = fault.to - 1;
        vm.prank(node);
        providers.requestUnstake(node, STAKE);
        vm.warp(block.timestamp + UNBONDING);
        vm.prank(node);
        providers.withdraw(node);
        vm.prank(node);
        providers.stake(node, 1);
        fault.to = uint64(block.timestamp);
        fault.from = fault.to - 1;
        bytes32 id = _propose();
        vm.warp(block.timestamp + APPEAL_WINDOW);
        court.execute(id);
        eq(providers.stakeOf(node), 0, "rounded up");
        eq(court.owed(BURN), 1, "dust burns");
    }

    function test_A_court_that_is_slower_than_the_stake_is_refused() external {
        vm.expectPartialRevert(ISlashingCourt.UnbondingTooShort.selector);
        new SlashingCourt(token, address(escrow), operators, providers, parameters, UNBONDING, 1);
        vm.expectPartialRevert(ISlashingCourt.UnbondingTooShort.selector);
        new SlashingCourt(token, address(escrow), operators, providers, parameters, 1, 0);
    }

    function _propose() private returns (bytes32) {
        return court.propose(fault, _votes(SignedTypes.hash(fault), ALL));
    }

    function _refused(bytes4 why) private {
        bytes[] memory signatures = _votes(SignedTypes.hash(fault), ALL);
        vm.expectPartialRevert(why);
        court.propose(fault, signatures);
    }

    function _schedule(bytes32 key, uint256 value) private {
        IGridParameters.Change memory change = IGridParameters.Change(key, address(0), value);
        vm.prank(governor);
        parameters.schedule(change);
        vm.warp(block.timestamp + TIMELOCK);
        parameters.execute(change);
        (fault.from, fault.to) = (uint64(block.timestamp - 1), uint64(block.timestamp));
    }

    function _seen(uint256 who, uint64 seenAt) private view returns (ISlashingCourt.SeenReceipt[] memory receipts) {
        bytes[] memory signatures = _votes(SignedTypes.hash(Seen(node, seenAt)), who);
        receipts = new ISlashingCourt.SeenReceipt[](signatures.length);
        for (uint256 i = 0; i < receipts.length; ++i) receipts[i] = ISlashingCourt.SeenReceipt(seenAt, signatures[i]);
    }
}
