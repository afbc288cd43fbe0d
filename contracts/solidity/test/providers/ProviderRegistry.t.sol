// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProviderRegistry} from "../../src/providers/IProviderRegistry.sol";
import {OwnerConsent, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {World} from "../support/World.sol";

contract ProviderRegistryTest is World {
    uint256 private constant STAKE = 1_000 * UNIT;

    function setUp() public override {
        super.setUp();
        vm.prank(node);
        providers.register(node, 0, "");
        _fund(node, 10 * STAKE, address(providers));
        vm.prank(node);
        providers.stake(node, STAKE);
    }

    function test_A_provider_is_its_own_owner_by_default_and_registers_once() external {
        eq(providers.providerOf(node).owner, node, "owner");
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.AlreadyRegistered.selector, node));
        vm.prank(node);
        providers.register(payer, 0, "");
    }

    function test_Row30_Another_owner_must_have_signed_for_this_machine_in_time() external {
        uint64 expiry = uint64(block.timestamp + 1);
        bytes memory consent = _sign(payerKey, SignedTypes.hash(OwnerConsent(payer, other, expiry)));
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        providers.register(payer, expiry, consent);
        vm.warp(expiry);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.ConsentExpired.selector, expiry));
        vm.prank(other);
        providers.register(payer, expiry, consent);
        vm.warp(expiry - 1);
        vm.prank(other);
        providers.register(payer, expiry, consent);
        eq(providers.providerOf(other).owner, payer, "owner");
    }

    function test_Anyone_stakes_for_a_provider_that_is_registered() external {
        _fund(payer, 5, address(providers));
        vm.prank(payer);
        providers.stake(node, 5);
        eq(providers.stakeOf(node), STAKE + 5, "stake");
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotRegistered.selector, other));
        providers.stake(other, 5);
    }

    function test_Row26_Stake_leaves_after_the_delay_to_its_owner() external {
        uint256 before = token.balanceOf(node);
        vm.prank(node);
        providers.requestUnstake(node, STAKE);
        eq(providers.stakeOf(node), STAKE, "still slashable");
        vm.warp(block.timestamp + UNBONDING - 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotReady.selector, block.timestamp + 1));
        vm.prank(node);
        providers.withdraw(node);
        vm.warp(block.timestamp + 1);
        vm.prank(node);
        providers.withdraw(node);
        eq(token.balanceOf(node) - before, STAKE, "paid");
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NothingToWithdraw.selector, node));
        vm.prank(node);
        providers.withdraw(node);
    }

    function test_A_further_request_restarts_the_clock() external {
        vm.prank(node);
        providers.requestUnstake(node, 1);
        vm.warp(block.timestamp + UNBONDING);
        vm.prank(node);
        providers.requestUnstake(node, 1);
        vm.expectPartialRevert(IProviderRegistry.NotReady.selector);
        vm.prank(node);
        providers.withdraw(node);
    }

    function test_Only_the_owner_takes_out_and_only_what_is_there() external {
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotOwner.selector, node, payer));
        vm.prank(payer);
        providers.requestUnstake(node, 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotOwner.selector, node, payer));
        vm.prank(payer);
        providers.withdraw(node);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.StakeTooSmall.selector, STAKE, STAKE + 1));
        vm.prank(node);
        providers.requestUnstake(node, STAKE + 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.StakeTooSmall.selector, STAKE, 0));
        vm.prank(node);
        providers.requestUnstake(node, 0);
    }

    function testFuzz_Only_a_court_holds_and_slashes(address who) external {
        vm.assume(who != address(court));
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotCourt.selector, who));
        vm.prank(who);
        providers.hold(node, 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotCourt.selector, who));
        vm.prank(who);
        providers.release(node, 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotCourt.selector, who));
        vm.prank(who);
        providers.slash(node, 1);
    }

    function testFuzz_Row27_A_slash_takes_what_is_held_wherever_the_stake_is(uint256 unstaked, uint256 held, uint256 taken) external {
        unstaked = within(unstaked, 1, STAKE);
        held = within(held, 1, STAKE);
        taken = within(taken, 1, held);
        vm.prank(node);
        providers.requestUnstake(node, unstaked);
        vm.prank(address(court));
        providers.hold(node, held);
        vm.warp(block.timestamp + UNBONDING);
        uint256 before = token.balanceOf(node);
        uint256 active = STAKE - unstaked;
        uint256 free = held > active ? STAKE - held : unstaked;
        if (free > 0) {
            vm.prank(node);
            providers.withdraw(node);
        }
        eq(token.balanceOf(node) - before, free, "what no case holds");
        vm.prank(address(court));
        providers.slash(node, taken);
        vm.prank(address(court));
        providers.release(node, held - taken);
        eq(providers.stakeOf(node), STAKE - free - taken, "stake");
        eq(providers.providerOf(node).slashed, taken, "remembered");
        eq(providers.owed(address(court)), taken, "owed to the court");
    }

    function test_Row27_Two_cases_never_hold_more_than_the_stake() external {
        vm.prank(address(court));
        providers.hold(node, STAKE - 1);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.StakeTooSmall.selector, 1, 2));
        vm.prank(address(court));
        providers.hold(node, 2);
    }
}
