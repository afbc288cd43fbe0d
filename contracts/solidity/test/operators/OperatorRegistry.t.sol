// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../../src/operators/IOperatorRegistry.sol";
import {Roles} from "../../src/parameters/Keys.sol";
import {World} from "../support/World.sol";

contract OperatorRegistryTest is World {
    address private late = address(0x1A7E);

    function test_Weight_follows_the_bond_after_the_delay() external {
        _fund(late, 5_000 * UNIT, address(operators));
        vm.prank(late);
        operators.join(2_000 * UNIT);
        eq(operators.totalWeight(), 100_000 * UNIT, "not yet");
        no(operators.isActive(late), "not yet active");
        vm.expectPartialRevert(IOperatorRegistry.NotReady.selector);
        operators.activate(late);
        vm.warp(block.timestamp + ACTIVATION);
        operators.activate(late);
        eq(operators.totalWeight(), 102_000 * UNIT, "now");
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAnOperator.selector, late));
        operators.activate(late);
        vm.prank(late);
        operators.join(3_000 * UNIT);
        eq(operators.operatorOf(late).weight, 2_000 * UNIT, "an addition waits as well");
        vm.warp(block.timestamp + ACTIVATION);
        operators.activate(late);
        eq(operators.operatorOf(late).weight, 5_000 * UNIT, "added");
    }

    function test_A_small_bond_is_refused() external {
        _fund(late, MIN_BOND, address(operators));
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.BondTooSmall.selector, MIN_BOND - 1, MIN_BOND));
        vm.prank(late);
        operators.join(MIN_BOND - 1);
    }

    function test_Who_leaves_has_no_vote_and_gets_the_bond_after_the_delay() external {
        vm.prank(op);
        operators.requestLeave();
        eq(operators.totalWeight(), 60_000 * UNIT, "weight");
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.Leaving.selector, op));
        vm.prank(op);
        operators.requestLeave();
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.Leaving.selector, op));
        vm.prank(op);
        operators.join(1);
        vm.expectPartialRevert(IOperatorRegistry.NotReady.selector);
        vm.prank(op);
        operators.withdraw();
        vm.warp(block.timestamp + UNBONDING);
        vm.prank(op);
        operators.withdraw();
        eq(token.balanceOf(op), 40_000 * UNIT, "paid");
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAnOperator.selector, op));
        vm.prank(op);
        operators.withdraw();
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAnOperator.selector, op));
        vm.prank(op);
        operators.requestLeave();
    }

    function test_A_bond_behind_open_credit_stays() external {
        vm.prank(address(escrow));
        operators.lock(op, 5);
        vm.prank(op);
        operators.requestLeave();
        vm.warp(block.timestamp + UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.BondLocked.selector, op, 5));
        vm.prank(op);
        operators.withdraw();
        vm.prank(address(escrow));
        operators.unlock(op, 5);
        vm.prank(op);
        operators.withdraw();
    }

    function testFuzz_Locks_never_exceed_the_bond(uint256 first, uint256 second) external {
        first = within(first, 0, 40_000 * UNIT);
        vm.prank(address(escrow));
        operators.lock(op, first);
        uint256 free = 40_000 * UNIT - first;
        second = within(second, free + 1, type(uint128).max);
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.BondTooSmall.selector, free, second));
        vm.prank(address(escrow));
        operators.lock(op, second);
    }

    function testFuzz_Row28_A_slash_takes_at_most_the_bond_and_burns_nine_tenths(uint256 amount) external {
        vm.assume(amount > 0);
        vm.prank(address(escrow));
        uint256 taken = operators.slash(op, amount, payer);
        eq(taken, amount < 40_000 * UNIT ? amount : 40_000 * UNIT, "taken");
        eq(operators.owed(payer), taken / 10, "reward, rounded down");
        eq(operators.owed(BURN), taken - taken / 10, "burned");
        eq(operators.operatorOf(op).bond, 40_000 * UNIT - taken, "bond");
        uint256 left = 40_000 * UNIT - taken < MIN_BOND ? 0 : 40_000 * UNIT - taken;
        eq(operators.totalWeight(), 60_000 * UNIT + left, "weight");
        operators.collect(BURN);
        eq(token.balanceOf(address(operators)), 100_000 * UNIT - (taken - taken / 10), "assets = liabilities");
    }

    function test_A_slashed_operator_rejoins_only_with_a_whole_bond() external {
        vm.prank(address(ledger));
        operators.slash(op, 40_000 * UNIT - 1, payer);
        no(operators.isActive(op), "no vote");
        _fund(op, MIN_BOND, address(operators));
        vm.expectPartialRevert(IOperatorRegistry.BondTooSmall.selector);
        vm.prank(op);
        operators.join(1);
        vm.prank(op);
        operators.join(MIN_BOND - 1);
        vm.prank(address(ledger));
        operators.slash(op, 1, payer);
        vm.warp(block.timestamp + ACTIVATION);
        vm.expectPartialRevert(IOperatorRegistry.BondTooSmall.selector);
        operators.activate(op);
    }

    function testFuzz_Only_roles_lock_and_slash(address who) external {
        vm.assume(who != address(escrow) && who != address(ledger));
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAllowed.selector, Roles.BOND_LOCKER, who));
        vm.prank(who);
        operators.lock(op, 1);
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAllowed.selector, Roles.BOND_LOCKER, who));
        vm.prank(who);
        operators.unlock(op, 1);
        vm.expectRevert(abi.encodeWithSelector(IOperatorRegistry.NotAllowed.selector, Roles.BOND_SLASHER, who));
        vm.prank(who);
        operators.slash(op, 1, who);
    }
}
