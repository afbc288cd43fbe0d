// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GridParameters} from "../../src/parameters/GridParameters.sol";
import {IGridParameters} from "../../src/parameters/IGridParameters.sol";
import {Keys, Roles} from "../../src/parameters/Keys.sol";
import {World} from "../support/World.sol";

contract GridParametersTest is World {
    IGridParameters.Change private change = IGridParameters.Change(Keys.FEE_BURN_PPM, address(0), 500_000);

    function test_Row33_A_change_is_public_for_the_whole_delay() external {
        bytes32 id = _schedule(change);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotReady.selector, id, block.timestamp + TIMELOCK));
        parameters.execute(change);
        vm.warp(block.timestamp + TIMELOCK);
        parameters.execute(change);
        eq(parameters.get(Keys.FEE_BURN_PPM), 500_000, "changed");
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotScheduled.selector, id));
        parameters.execute(change);
    }

    function test_The_delay_is_longer_than_every_way_out() external view {
        yes(parameters.delay() > providers.unbondingDelay() && parameters.delay() > escrow.exitDelay(), "who dislikes it leaves first");
    }

    function test_A_change_that_nobody_applies_expires() external {
        bytes32 id = _schedule(change);
        vm.warp(block.timestamp + TIMELOCK + 14 days);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.Expired.selector, id, block.timestamp));
        parameters.execute(change);
    }

    function test_A_cancelled_change_is_none() external {
        bytes32 id = _schedule(change);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.AlreadyScheduled.selector, id));
        vm.prank(governor);
        parameters.schedule(change);
        vm.expectPartialRevert(IGridParameters.NotGovernor.selector);
        parameters.cancel(id);
        vm.prank(governor);
        parameters.cancel(id);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotScheduled.selector, id));
        vm.prank(governor);
        parameters.cancel(id);
        vm.warp(block.timestamp + TIMELOCK);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotScheduled.selector, id));
        parameters.execute(change);
    }

    function test_Roles_change_the_same_way() external {
        change = IGridParameters.Change(Roles.COURT, address(0xC0), 1);
        _schedule(change);
        vm.warp(block.timestamp + TIMELOCK);
        parameters.execute(change);
        yes(parameters.hasRole(Roles.COURT, address(0xC0)), "granted");
        change.value = 0;
        _schedule(change);
        vm.warp(block.timestamp + TIMELOCK);
        parameters.execute(change);
        no(parameters.hasRole(Roles.COURT, address(0xC0)), "taken back");
    }

    function testFuzz_Values_stay_within_their_bounds(uint256 value) external {
        vm.assume(value > 1_000_000);
        change.value = value;
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.OutOfBounds.selector, Keys.FEE_BURN_PPM, value, 0, 1_000_000));
        vm.prank(governor);
        parameters.schedule(change);
    }

    function test_What_nobody_defined_is_no_parameter() external {
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.UnknownParameter.selector, bytes32("none")));
        parameters.get("none");
        change.key = "none";
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.UnknownParameter.selector, bytes32("none")));
        vm.prank(governor);
        parameters.schedule(change);
        (uint256 min, uint256 max) = parameters.boundsOf(Keys.MAX_SLASH_PPM);
        eq(min, 1, "min");
        eq(max, 1_000_000, "max");
    }

    function testFuzz_Row33_Only_the_governor_schedules(address who) external {
        vm.assume(who != governor);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotGovernor.selector, who));
        vm.prank(who);
        parameters.schedule(change);
    }

    function test_Row33_The_governor_changes_in_two_steps() external {
        vm.prank(governor);
        parameters.proposeGovernor(other);
        vm.expectRevert(abi.encodeWithSelector(IGridParameters.NotGovernor.selector, payer));
        vm.prank(payer);
        parameters.acceptGovernor();
        eq(parameters.governor(), governor, "still");
        vm.prank(other);
        parameters.acceptGovernor();
        eq(parameters.governor(), other, "handed over");
    }

    function _schedule(IGridParameters.Change memory value) private returns (bytes32) {
        vm.prank(governor);
        return parameters.schedule(value);
    }
}
