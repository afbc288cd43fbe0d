// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {ILeaseClaims} from "../../src/escrow/ILeaseClaims.sol";
import {Close, Receipt, SignedTypes, Withdrawal} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

contract LeaseClaimsTest is EscrowWorld {
    bytes32 private constant LEASE = keccak256("lease");
    uint64 private constant HOUR = 3600;
    uint64 private constant PER_HOUR = uint64(10 * UNIT);

    function _vanish(uint64 charged) private returns (IEscrow.PayerProof memory) {
        Books memory books = _books(charged, 0);
        _finalize(noRoot, books);
        vm.warp(block.timestamp + SILENCE);
        escrow.abandon(op);
        return _payerProof(books, 0);
    }

    function test_Row36_A_provider_claims_by_its_lease_when_the_operator_is_gone() external {
        IEscrow.PayerProof memory proof = _vanish(0);
        claims.claimByLease(_evidence(LEASE, 2 * HOUR, 2 * PER_HOUR));
        vm.expectPartialRevert(ILeaseClaims.WindowOpen.selector);
        claims.payClaim(LEASE, proof);
        vm.warp(block.timestamp + WINDOW);
        claims.payClaim(LEASE, proof);
        eq(escrow.owed(node), 2 * PER_HOUR * 99 / 100, "earned");
        eq(escrow.owed(BURN), 2 * PER_HOUR / 100, "fee");
        escrow.collect(node);
        eq(token.balanceOf(node), 2 * PER_HOUR * 99 / 100, "fetched");
        vm.expectRevert(abi.encodeWithSelector(ILeaseClaims.NoClaim.selector, LEASE));
        claims.payClaim(LEASE, proof);
        ILeaseClaims.LeaseEvidence memory again = _evidence(LEASE, 3 * HOUR, 3 * PER_HOUR);
        vm.expectRevert(abi.encodeWithSelector(ILeaseClaims.AlreadyClaimed.selector, LEASE));
        claims.claimByLease(again);
    }

    function test_No_claim_by_lease_while_the_operator_lives() external {
        ILeaseClaims.LeaseEvidence memory evidence = _evidence(LEASE, HOUR, PER_HOUR);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorNotAbandoned.selector, op));
        claims.claimByLease(evidence);
    }

    function testFuzz_A_claim_never_exceeds_rate_and_receipt(uint32 usedSeconds, uint64 charged) external {
        _vanish(0);
        usedSeconds = uint32(within(usedSeconds, 1, 1e6));
        claims.claimByLease(_evidence(LEASE, usedSeconds, charged));
        uint256 byRate = uint256(PER_HOUR) * usedSeconds / HOUR;
        eq(claims.claimOf(LEASE).amount, charged < byRate ? charged : byRate, "amount");
    }

    function test_Evidence_must_name_one_lease_one_authorization_and_paid_seconds() external {
        _vanish(0);
        ILeaseClaims.LeaseEvidence memory evidence = _evidence(LEASE, HOUR, PER_HOUR);
        evidence.receipt.secondsUsed += 1;
        _refused(_signed(evidence));
        evidence = _evidence(LEASE, HOUR, PER_HOUR);
        evidence.paidThrough.lease = keccak256("another");
        _refused(_signed(evidence));
        evidence = _evidence(LEASE, HOUR, PER_HOUR);
        evidence.receipt.lease = keccak256("another");
        _refused(_signed(evidence));
        evidence = _evidence(LEASE, HOUR, PER_HOUR);
        evidence.authorization.maxTotal += 1;
        _refused(_signed(evidence));
    }

    function test_Every_signature_counts() external {
        _vanish(0);
        for (uint256 i = 0; i < 4; ++i) {
            ILeaseClaims.LeaseEvidence memory evidence = _evidence(LEASE, HOUR, PER_HOUR);
            if (i == 0) evidence.payerSignature = evidence.receiptSignature;
            if (i == 1) evidence.openingSignature = evidence.receiptSignature;
            if (i == 2) evidence.paidThroughSignature = evidence.openingSignature;
            if (i == 3) evidence.receiptSignature = evidence.openingSignature;
            vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
            claims.claimByLease(evidence);
        }
    }

    function test_The_payer_answers_with_an_earlier_close() external {
        IEscrow.PayerProof memory proof = _vanish(0);
        claims.claimByLease(_evidence(LEASE, 2 * HOUR, 2 * PER_HOUR));
        Close memory close = Close(LEASE, HOUR, 1);
        bytes memory signature = _sign(opKey, SignedTypes.hash(close));
        vm.expectRevert(abi.encodeWithSelector(ILeaseClaims.NotPayer.selector, address(this)));
        claims.lowerByClose(close, signature);
        vm.prank(payer);
        claims.lowerByClose(close, signature);
        eq(claims.claimOf(LEASE).amount, PER_HOUR, "lowered");
        vm.expectRevert(ILeaseClaims.NotLower.selector);
        vm.prank(payer);
        claims.lowerByClose(close, signature);
        vm.warp(block.timestamp + WINDOW);
        vm.expectPartialRevert(ILeaseClaims.WindowClosed.selector);
        vm.prank(payer);
        claims.lowerByClose(close, signature);
        claims.payClaim(LEASE, proof);
        eq(escrow.owed(node), PER_HOUR * 99 / 100, "paid");
    }

    function test_The_payer_answers_with_a_smaller_charge_that_the_provider_signed() external {
        _vanish(0);
        claims.claimByLease(_evidence(LEASE, 2 * HOUR, 2 * PER_HOUR));
        Receipt memory receipt = Receipt(LEASE, HOUR, 1, 0, 0);
        bytes memory signature = _sign(nodeKey, SignedTypes.hash(receipt));
        vm.expectRevert(ILeaseClaims.NotLower.selector);
        vm.prank(payer);
        claims.lowerByReceipt(receipt, signature);
        receipt.secondsUsed = 2 * HOUR;
        signature = _sign(nodeKey, SignedTypes.hash(receipt));
        vm.prank(payer);
        claims.lowerByReceipt(receipt, signature);
        eq(claims.claimOf(LEASE).amount, 1, "lowered");
        vm.expectRevert(abi.encodeWithSelector(ILeaseClaims.NoClaim.selector, bytes32(0)));
        receipt.lease = 0;
        claims.lowerByReceipt(receipt, signature);
    }

    function test_Row28_What_the_final_root_has_charged_is_not_charged_again() external {
        IEscrow.PayerProof memory proof = _vanish(PER_HOUR);
        Books memory books = _books(PER_HOUR, 0);
        claims.claimByLease(_evidence(LEASE, 3 * HOUR, 3 * PER_HOUR));
        ILeaseClaims.LeaseProof memory lease = _leaseProof(books, 0);
        lease.charged += 1;
        vm.expectRevert(ILeaseClaims.BadProof.selector);
        vm.prank(payer);
        claims.lowerBySettled(LEASE, lease);
        lease.charged -= 1;
        vm.prank(payer);
        claims.lowerBySettled(LEASE, lease);
        vm.expectRevert(ILeaseClaims.NotLower.selector);
        vm.prank(payer);
        claims.lowerBySettled(LEASE, lease);
        lease.root = noRoot;
        vm.expectRevert(ILeaseClaims.BadProof.selector);
        vm.prank(payer);
        claims.lowerBySettled(LEASE, lease);
        vm.warp(block.timestamp + WINDOW);
        claims.payClaim(LEASE, proof);
        eq(escrow.owed(node) + escrow.owed(BURN), 2 * PER_HOUR, "the rest");
    }

    function test_A_claim_is_bounded_by_the_authorization() external {
        authorization.maxTotal = PER_HOUR;
        authorization.cumulativeMax = uint64(800 * UNIT);
        IEscrow.PayerProof memory proof = _vanish(0);
        _claimAndPay(LEASE, 2 * HOUR, proof);
        eq(escrow.accountOf(op, payer).leasePaid, PER_HOUR, "maxTotal");
        _claimAndPay(keccak256("second"), HOUR, proof);
        eq(escrow.accountOf(op, payer).leasePaid, PER_HOUR, "maxTotal over all its leases");
    }

    function test_A_claim_is_bounded_by_what_the_payer_acknowledged_in_all() external {
        authorization.cumulativeMax = 3 * PER_HOUR;
        IEscrow.PayerProof memory proof = _vanish(2 * PER_HOUR);
        _claimAndPay(LEASE, 5 * HOUR, proof);
        eq(escrow.accountOf(op, payer).leasePaid, PER_HOUR, "cumulativeMax less charged");
    }

    function test_A_claim_is_bounded_by_the_payers_own_balance() external {
        authorization.maxTotal = uint64(5_000 * UNIT);
        authorization.cumulativeMax = uint64(5_000 * UNIT);
        IEscrow.PayerProof memory proof = _vanish(uint64(300 * UNIT));
        _claimAndPay(LEASE, 200 * HOUR, proof);
        eq(escrow.accountOf(op, payer).leasePaid, 700 * UNIT, "his balance less charged");
        eq(escrow.accountOf(op, other).deposited, 500 * UNIT, "the other's is untouched");
    }

    function test_An_open_claim_delays_an_exit_and_a_due_exit_refuses_claims() external {
        IEscrow.PayerProof memory proof = _vanish(0);
        vm.prank(payer);
        escrow.requestExit(op);
        vm.warp(block.timestamp + EXIT_DELAY - 1);
        claims.claimByLease(_evidence(LEASE, HOUR, PER_HOUR));
        ILeaseClaims.LeaseEvidence memory late = _evidence(keccak256("late"), HOUR, PER_HOUR);
        vm.warp(block.timestamp + 1);
        vm.expectPartialRevert(IEscrow.ClaimsClosed.selector);
        claims.claimByLease(late);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.ClaimsOpen.selector, 1));
        vm.prank(payer);
        escrow.completeExit(op, proof, noProof);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, 5);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.ClaimsOpen.selector, 1));
        vm.prank(payer);
        escrow.withdraw(value, signature, proof, noProof);
        vm.warp(block.timestamp + WINDOW);
        claims.payClaim(LEASE, proof);
        vm.prank(payer);
        escrow.completeExit(op, proof, noProof);
        eq(token.balanceOf(payer), 1_000 * UNIT - PER_HOUR, "the rest");
    }

    function test_A_claim_needs_a_payer_who_has_an_account() external {
        _vanish(0);
        authorization.payer = vm.addr(nodeKey);
        ILeaseClaims.LeaseEvidence memory evidence = _evidence(LEASE, HOUR, PER_HOUR);
        evidence.payerSignature = _sign(nodeKey, SignedTypes.hash(evidence.authorization));
        vm.expectPartialRevert(IEscrow.NoAccount.selector);
        claims.claimByLease(evidence);
    }

    function _claimAndPay(bytes32 lease, uint64 usedSeconds, IEscrow.PayerProof memory proof) private {
        claims.claimByLease(_evidence(lease, usedSeconds, type(uint64).max));
        vm.warp(block.timestamp + WINDOW);
        claims.payClaim(lease, proof);
    }

    function _refused(ILeaseClaims.LeaseEvidence memory evidence) private {
        vm.expectRevert(ILeaseClaims.BadEvidence.selector);
        claims.claimByLease(evidence);
    }
}
