// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "../support/Test.sol";
import {StakeHandler} from "./StakeHandler.sol";

struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

contract StakeInvariants is Test {
    StakeHandler private handler;

    function setUp() public {
        handler = new StakeHandler();
        handler.setUp();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        bytes4[] memory list = new bytes4[](8);
        list[0] = handler.stake.selector;
        list[1] = handler.requestUnstake.selector;
        list[2] = handler.withdraw.selector;
        list[3] = handler.propose.selector;
        list[4] = handler.appeal.selector;
        list[5] = handler.rule.selector;
        list[6] = handler.execute.selector;
        list[7] = handler.collect.selector;
        targets[0].selectors = list;
    }

    function invariant_INV_CHAIN_05_slashed_is_within_the_stake_and_nothing_is_made_or_lost() external view {
        (uint256 held, uint256 stake, uint256 slashed, uint256 accounted) = handler.stakes();
        yes(held <= stake, "INV-CHAIN-05 what cases hold is there");
        eq(stake, accounted, "INV-CHAIN-05 staked less withdrawn less slashed");
        eq(slashed, handler.executed(), "INV-CHAIN-05 slashed is what was executed");
        (uint256 inRegistry, uint256 stakes, uint256 inCourt, uint256 owed) = handler.assets();
        eq(inRegistry, stakes, "INV-CHAIN-01 the registry holds exactly the stake");
        eq(inCourt, owed, "INV-CHAIN-01 the court holds exactly what it owes");
    }
}
