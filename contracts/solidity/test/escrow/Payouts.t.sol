// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {Escrow} from "../../src/escrow/Escrow.sol";
import {Payouts} from "../../src/payouts/Payouts.sol";
import {SignedTypes, Withdrawal} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

contract PayoutsTest is EscrowWorld {
    uint64 private constant CHARGED = uint64(100 * UNIT);

    function test_Row30_A_provider_is_paid_what_is_new_and_once() external {
        Books memory books = _books(CHARGED, 0);
        _finalize(noRoot, books);
        IEscrow.ProviderProof memory proof = _providerProof(books, 0);
        escrow.claim(op, node, proof);
        eq(token.balanceOf(node), books.earned[0], "first");
        vm.expectPartialRevert(IEscrow.NothingToClaim.selector);
        escrow.claim(op, node, proof);
        Books memory more = _books(3 * CHARGED, 0);
        _finalize(_root(books), more);
        escrow.claim(op, node, _providerProof(more, 0));
        eq(token.balanceOf(node), more.earned[0], "cumulative");
        vm.expectPartialRevert(IEscrow.WrongRoot.selector);
        escrow.claim(op, node, proof);
    }

    function test_Gas_of_claims_at_depth_10() external {
        Books memory books = _crowd(CHARGED);
        _finalize(noRoot, books);
        escrow.claim(op, books.providers[0], _providerProof(books, 0));
        IEscrow.ProviderProof memory first = _providerProof(books, 700);
        escrow.claim(op, books.providers[700], first);
        vm.snapshotGasLastCall("Escrow", "claimFirst");
        Books memory more = _crowd(2 * CHARGED);
        _finalize(_root(books), more);
        IEscrow.ProviderProof memory repeated = _providerProof(more, 700);
        escrow.claim(op, more.providers[700], repeated);
        vm.snapshotGasLastCall("Escrow", "claimRepeated");
    }

    function test_Nothing_is_claimed_from_a_root_that_is_not_final() external {
        Books memory books = _books(CHARGED, 0);
        _post(noRoot, books);
        IEscrow.ProviderProof memory proof = _providerProof(books, 0);
        vm.expectPartialRevert(IEscrow.WrongRoot.selector);
        escrow.claim(op, node, proof);
    }

    function testFuzz_Row31_Nobody_claims_with_another_figure_index_or_name(uint64 earned, uint32 index, address who) external {
        Books memory books = _books(CHARGED, 0);
        vm.assume(earned != books.earned[0] && index != 0 && who != node);
        _finalize(noRoot, books);
        IEscrow.ProviderProof memory proof = _providerProof(books, 0);
        vm.expectRevert(IEscrow.BadProof.selector);
        escrow.claim(op, who, proof);
        proof.index = index;
        vm.expectRevert(IEscrow.BadProof.selector);
        escrow.claim(op, node, proof);
        proof.index = 0;
        proof.earned = earned;
        vm.expectRevert(IEscrow.BadProof.selector);
        escrow.claim(op, node, proof);
    }

    function test_Two_leaves_of_one_provider_never_pay_more_than_the_root() external {
        Books memory books = _books(CHARGED, 0);
        address[] memory twice = new address[](2);
        (twice[0], twice[1]) = (node, node);
        uint64[] memory earned = new uint64[](2);
        (earned[0], earned[1]) = (books.earned[0] - 10, 10);
        (books.providers, books.earned) = (twice, earned);
        _finalize(noRoot, books);
        escrow.claim(op, node, _providerProof(books, 1));
        escrow.claim(op, node, _providerProof(books, 0));
        eq(token.balanceOf(node), earned[0], "the larger leaf, not both");
    }

    function test_Fees_burn_and_are_collected_once() external {
        Books memory books = _books(CHARGED, 0);
        _finalize(noRoot, books);
        escrow.collectFees(op, _root(books));
        eq(escrow.owed(BURN), books.fees, "burned");
        escrow.collect(BURN);
        eq(token.balanceOf(BURN), books.fees, "gone");
        IEscrow.Root memory root = _root(books);
        vm.expectRevert(IEscrow.NothingToClaim.selector);
        escrow.collectFees(op, root);
        vm.expectRevert(abi.encodeWithSelector(Payouts.NothingOwed.selector, BURN));
        escrow.collect(BURN);
    }

    function test_A_payer_takes_out_what_no_root_needs() external {
        Books memory books = _books(CHARGED, uint64(50 * UNIT));
        _finalize(noRoot, books);
        Books memory open = _books(2 * CHARGED, 0);
        _post(_root(books), open);
        IEscrow.PayerProof memory closed = _payerProof(books, 0);
        IEscrow.PayerProof memory pending = _payerProof(open, 0);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, uint64(1_000 * UNIT) - 2 * CHARGED + 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.Overdrawn.selector, value.withdrawn, value.withdrawn - 1));
        vm.prank(payer);
        escrow.withdraw(value, signature, closed, pending);
        (value, signature) = _withdrawal(payer, uint64(1_000 * UNIT) - 2 * CHARGED);
        vm.prank(payer);
        escrow.withdraw(value, signature, closed, pending);
        eq(token.balanceOf(payer), value.withdrawn, "paid");
        vm.expectRevert(IEscrow.NothingToClaim.selector);
        vm.prank(payer);
        escrow.withdraw(value, signature, closed, pending);
    }

    function test_Gas_of_a_withdrawal() external {
        _deposit(payer, 1);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, 5);
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        vm.snapshotGasLastCall("Escrow", "withdraw");
    }

    function test_A_hold_counts_as_spent() external {
        Books memory books = _books(CHARGED, uint64(500 * UNIT));
        _finalize(noRoot, books);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, uint64(400 * UNIT) + 1);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        vm.expectPartialRevert(IEscrow.Overdrawn.selector);
        vm.prank(payer);
        escrow.withdraw(value, signature, proof, noProof);
    }

    function test_Row30_A_withdrawal_is_the_payers_own_signed_and_in_time() external {
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, 5);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotPayer.selector, other));
        vm.prank(other);
        escrow.withdraw(value, signature, noProof, noProof);
        bytes memory own = _sign(payerKey, SignedTypes.hash(value));
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        vm.prank(payer);
        escrow.withdraw(value, own, noProof, noProof);
        vm.warp(value.expiry);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.SignatureExpired.selector, value.expiry));
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
    }

    function testFuzz_Row30_A_withdrawal_that_was_signed_for_another_grid_or_operator_is_refused(uint64 chain, address where, uint64 expiry)
        external
    {
        vm.assume(chain != block.chainid || where != address(escrow));
        Withdrawal memory value = Withdrawal(op, payer, 5, uint64(block.timestamp) + 1 + expiry % 365 days);
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Compute Grid"),
                keccak256("1"),
                chain,
                where
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(opKey, keccak256(abi.encodePacked(hex"1901", separator, SignedTypes.hash(value))));
        vm.expectRevert(abi.encodeWithSignature("BadSignature(address)", op));
        vm.prank(payer);
        escrow.withdraw(value, abi.encodePacked(r, s, v), noProof, noProof);
    }

    function test_Row30_A_withdrawal_is_taken_once() external {
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, 5);
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        vm.expectRevert(IEscrow.NothingToClaim.selector);
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        eq(token.balanceOf(payer), 5, "once");
    }

    function test_A_withdrawal_with_anothers_leaf_is_refused() external {
        Books memory books = _books(CHARGED, 0);
        _finalize(noRoot, books);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, uint64(950 * UNIT));
        IEscrow.PayerProof memory proof = _payerProof(books, 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BadLeaf.selector, other));
        vm.prank(payer);
        escrow.withdraw(value, signature, proof, noProof);
        proof.leaf.payer = payer;
        vm.expectRevert(IEscrow.BadProof.selector);
        vm.prank(payer);
        escrow.withdraw(value, signature, proof, noProof);
    }

    function test_An_account_younger_than_the_root_owes_nothing() external {
        Books memory books = _books(CHARGED, 0);
        _finalize(noRoot, books);
        address late = address(0x1A7E);
        _deposit(late, 7);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(late, 7);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        vm.prank(late);
        escrow.withdraw(value, signature, proof, noProof);
        eq(token.balanceOf(late), 7, "all of it");
    }

    function test_An_exit_needs_nobody_and_pays_what_is_not_charged() external {
        Books memory books = _books(CHARGED, uint64(500 * UNIT));
        _finalize(noRoot, books);
        vm.prank(payer);
        escrow.requestExit(op);
        vm.expectPartialRevert(IEscrow.ExitRunning.selector);
        vm.prank(payer);
        escrow.requestExit(op);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        vm.warp(block.timestamp + EXIT_DELAY - 1);
        vm.expectPartialRevert(IEscrow.NotReady.selector);
        vm.prank(payer);
        escrow.completeExit(op, proof, noProof);
        vm.warp(block.timestamp + 1);
        vm.prank(payer);
        escrow.completeExit(op, proof, noProof);
        eq(token.balanceOf(payer), 1_000 * UNIT - CHARGED, "holds no longer count");
        vm.expectPartialRevert(IEscrow.NoExit.selector);
        vm.prank(payer);
        escrow.completeExit(op, proof, noProof);
        escrow.claim(op, node, _providerProof(books, 0));
        eq(token.balanceOf(address(escrow)), 500 * UNIT + books.fees, "what is charged stayed");
    }

    function test_Nobody_exits_without_an_account() external {
        vm.expectPartialRevert(IEscrow.NoAccount.selector);
        escrow.requestExit(op);
    }

    function test_Row36_All_operators_vanish_and_everybody_gets_what_is_theirs() external {
        Books memory books = _books(CHARGED, uint64(100 * UNIT));
        _finalize(noRoot, books);
        vm.warp(block.timestamp + SILENCE);
        escrow.abandon(op);
        _exit(payer, _payerProof(books, 0));
        _exit(other, _payerProof(books, 1));
        escrow.claim(op, node, _providerProof(books, 0));
        escrow.collectFees(op, _root(books));
        escrow.collect(BURN);
        eq(token.balanceOf(payer), 1_000 * UNIT - CHARGED, "payer");
        eq(token.balanceOf(other), 500 * UNIT, "other");
        eq(token.balanceOf(node), CHARGED - books.fees, "node");
        eq(token.balanceOf(address(escrow)), 0, "nothing is left, nothing was missing");
    }

    function test_A_false_final_root_leaves_exits_that_complete_with_what_is_there() external {
        Books memory books = _books(0, 0);
        books.payers[1] = IEscrow.PayerLeaf(other, uint64(1_200 * UNIT), 0, 1, 0);
        books.earned[0] = uint64(1_200 * UNIT);
        _finalize(noRoot, books);
        escrow.claim(op, node, _providerProof(books, 0));
        _exit(payer, _payerProof(books, 0));
        eq(token.balanceOf(payer), 300 * UNIT, "what the pool has left");
        _exit(other, _payerProof(books, 1));
        eq(token.balanceOf(other), 0, "the one who was overcharged has nothing left");
    }

    function test_An_operator_is_given_up_only_after_its_silence() external {
        uint256 since = block.timestamp;
        vm.warp(since + SILENCE);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotSilent.selector, since + SILENCE));
        escrow.abandon(op);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotSilent.selector, SILENCE));
        escrow.abandon(address(0x99));
        Books memory books = _books(0, 0);
        _post(noRoot, books);
        vm.warp(block.timestamp + 2 * SILENCE);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.RootPending.selector, op));
        escrow.abandon(op);
        escrow.finalizeRoot(op);
        escrow.abandon(op);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorAbandoned.selector, op));
        escrow.abandon(op);
        IEscrow.Root memory root = _root(books);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorAbandoned.selector, op));
        vm.prank(op);
        escrow.postRoot(root, root);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorAbandoned.selector, op));
        escrow.deposit(op, payer, 1);
    }

    function test_Companions_alone_may_void_and_open_claims() external {
        vm.expectPartialRevert(IEscrow.NotRefutations.selector);
        escrow.voidRefuted(op, payer);
        vm.expectPartialRevert(IEscrow.NotLeaseClaims.selector);
        escrow.openClaim(op, payer);
        vm.expectPartialRevert(IEscrow.NotLeaseClaims.selector);
        escrow.payClaim(IEscrow.ClaimPayment(op, payer, node, 1, 1, 0), noProof);
    }

    function _exit(address who, IEscrow.PayerProof memory proof) private {
        vm.prank(who);
        escrow.requestExit(op);
        vm.warp(block.timestamp + EXIT_DELAY);
        vm.prank(who);
        escrow.completeExit(op, proof, noProof);
    }

    function _crowd(uint64 charged) private view returns (Books memory books) {
        books = _books(charged, 0);
        books.providers = new address[](1024);
        books.earned = new uint64[](1024);
        for (uint256 i = 0; i < 1024; ++i) {
            books.providers[i] = address(uint160(uint256(keccak256(abi.encode(i)))));
            books.earned[i] = (charged - books.fees) / 1024;
        }
        books.fees = uint64(charged - books.earned[0] * 1024);
    }
}
