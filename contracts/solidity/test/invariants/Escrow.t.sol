// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "../support/Test.sol";
import {EscrowHandler} from "./EscrowHandler.sol";

struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

contract EscrowInvariants is Test {
    EscrowHandler private handler;

    function setUp() public {
        handler = new EscrowHandler();
        handler.setUp();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        bytes4[] memory list = new bytes4[](14);
        list[0] = handler.deposit.selector;
        list[1] = handler.post.selector;
        list[2] = handler.challenge.selector;
        list[3] = handler.answer.selector;
        list[4] = handler.settle.selector;
        list[5] = handler.claim.selector;
        list[6] = handler.collectFees.selector;
        list[7] = handler.collect.selector;
        list[8] = handler.withdraw.selector;
        list[9] = handler.requestExit.selector;
        list[10] = handler.completeExit.selector;
        list[11] = handler.abandon.selector;
        list[12] = handler.claimByLease.selector;
        list[13] = handler.payClaim.selector;
        targets[0].selectors = list;
    }

    function invariant_INV_CHAIN_01_the_escrow_holds_exactly_what_its_books_say() external view {
        (uint256 held, uint256 booked) = handler.assets();
        eq(held, booked, "INV-CHAIN-01 money is conserved exactly");
    }

    function invariant_INV_CHAIN_02_the_pool_covers_what_the_final_root_promised() external view {
        (uint256 pool, uint256 promised) = handler.promises();
        yes(pool >= promised, "INV-CHAIN-02 what is charged stays");
    }

    function invariant_INV_CHAIN_04_open_credit_is_within_the_bond() external view {
        (uint256 credit, uint256 locked, uint256 bond) = handler.bonds();
        yes(credit == locked && locked <= bond, "INV-CHAIN-04 new credit in open windows is locked in the bond");
    }
}
