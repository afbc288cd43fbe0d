// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

contract DepositsTest is EscrowWorld {
    function test_A_deposit_gives_the_payer_the_next_account() external view {
        eq(escrow.accountOf(op, payer).number, 1, "first");
        eq(escrow.accountOf(op, other).number, 2, "second");
        eq(escrow.accountOf(op, other).deposited, 500 * UNIT, "credit");
        eq(escrow.ledgerOf(op).deposited, 1_500 * UNIT, "ledger");
    }

    function testFuzz_A_further_deposit_adds_to_the_same_account(uint32 amount) external {
        vm.assume(amount > 0);
        _deposit(payer, amount);
        eq(escrow.accountOf(op, payer).number, 1, "number");
        eq(escrow.accountOf(op, payer).deposited, 1_000 * UNIT + amount, "credit");
        eq(token.balanceOf(address(escrow)), 1_500 * UNIT + amount, "pool");
    }

    function test_Somebody_may_deposit_for_another() external {
        _fund(address(this), 1, address(escrow));
        escrow.deposit(op, address(0x77), 5);
        eq(escrow.accountOf(op, address(0x77)).deposited, 5, "credit");
        eq(escrow.ledgerOf(op).accounts, 3, "accounts");
    }

    function test_Nobody_deposits_with_an_operator_that_is_not_active() external {
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorNotActive.selector, address(0x99)));
        escrow.deposit(address(0x99), payer, 1);
    }

    function test_Nobody_deposits_nothing() external {
        token.approve(address(escrow), 1);
        vm.expectPartialRevert(bytes4(keccak256("NothingReceived()")));
        escrow.deposit(op, payer, 0);
    }

    function test_Gas_of_a_repeated_deposit() external {
        _fund(payer, 10, address(escrow));
        vm.prank(payer);
        escrow.deposit(op, payer, 10);
        vm.snapshotGasLastCall("Escrow", "deposit");
    }

    function test_A_payer_revokes_mandates_one_by_one_and_all_at_once() external {
        vm.prank(payer);
        escrow.revokeMandate(keccak256("m"));
        yes(escrow.mandateRevoked(payer, keccak256("m")), "revoked");
        no(escrow.mandateRevoked(other, keccak256("m")), "another's");
        vm.prank(payer);
        escrow.raiseMandateNonce();
        eq(escrow.mandateNonce(payer), 1, "nonce");
    }
}
