// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {IOperatorRegistry} from "../../src/operators/IOperatorRegistry.sol";
import {Authorization, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

contract RootsTest is EscrowWorld {
    uint64 private constant CHARGED = uint64(100 * UNIT);

    function test_A_root_is_open_for_a_window_and_then_final() external {
        Books memory books = _books(CHARGED, 0);
        _post(noRoot, books);
        eq(escrow.pendingOf(op).credit, CHARGED, "credit");
        eq(operators.operatorOf(op).locked, CHARGED, "bond behind it");
        vm.warp(block.timestamp + WINDOW - 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.WindowOpen.selector, block.timestamp + 1));
        escrow.finalizeRoot(op);
        vm.warp(block.timestamp + 1);
        escrow.finalizeRoot(op);
        eq(escrow.finalRoot(op), keccak256(abi.encode(_root(books))), "final root");
        no(escrow.pendingOf(op).open, "none open");
        eq(operators.operatorOf(op).locked, 0, "bond free");
    }

    function test_Gas_of_a_root_whatever_the_number_of_leases() external {
        _finalize(noRoot, _books(CHARGED, 0));
        IEscrow.Root memory last = _root(_books(CHARGED, 0));
        IEscrow.Root memory next = _root(_books(2 * CHARGED, 0));
        vm.prank(op);
        escrow.postRoot(last, next);
        vm.snapshotGasLastCall("Escrow", "postRoot");
        vm.warp(block.timestamp + WINDOW);
        escrow.finalizeRoot(op);
        vm.snapshotGasLastCall("Escrow", "finalizeRoot");
    }

    function testFuzz_Row31_A_root_with_bits_outside_of_its_fields_is_never_posted(uint256 field, uint256 bit) external {
        field = within(field, 3, 9);
        bit = within(bit, field < 7 ? 64 : 32, 255);
        bytes memory calldata_ = abi.encodeCall(escrow.postRoot, (noRoot, _root(_books(CHARGED, 0))));
        uint256 place = 4 + 32 + 320 + 32 * field;
        assembly ("memory-safe") {
            mstore(add(calldata_, place), xor(mload(add(calldata_, place)), shl(bit, 1)))
        }
        vm.prank(op);
        (bool posted,) = address(escrow).call(calldata_);
        no(posted, "posted");
    }

    function test_One_root_at_a_time() external {
        _post(noRoot, _books(CHARGED, 0));
        IEscrow.Root memory next = _root(_books(CHARGED, 0));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.RootPending.selector, op));
        vm.prank(op);
        escrow.postRoot(noRoot, next);
    }

    function test_Strangers_post_no_roots() external {
        IEscrow.Root memory empty = _root(_books(0, 0));
        vm.expectPartialRevert(IEscrow.TooManyAccounts.selector);
        escrow.postRoot(noRoot, empty);
        vm.prank(op);
        operators.requestLeave();
        vm.expectRevert(abi.encodeWithSelector(IEscrow.OperatorNotActive.selector, op));
        vm.prank(op);
        escrow.postRoot(noRoot, empty);
    }

    function test_The_last_root_must_be_the_one_that_stands() external {
        _finalize(noRoot, _books(CHARGED, 0));
        IEscrow.Root memory next = _root(_books(2 * CHARGED, 0));
        vm.expectPartialRevert(IEscrow.WrongRoot.selector);
        vm.prank(op);
        escrow.postRoot(noRoot, next);
        IEscrow.Root memory invented = noRoot;
        invented.charged = CHARGED;
        vm.expectPartialRevert(IEscrow.WrongRoot.selector);
        vm.prank(op);
        escrow.postRoot(invented, next);
    }

    function test_No_cumulative_figure_falls() external {
        Books memory books = _books(CHARGED, 0);
        _finalize(noRoot, books);
        IEscrow.Root memory last = _root(books);
        IEscrow.Root memory next = _root(books);
        next.charged -= 1;
        next.earned -= 1;
        _refused(last, next, IEscrow.RootFalls.selector);
        next = _root(books);
        (next.earned, next.fees) = (next.earned - 1, next.fees + 1);
        _refused(last, next, IEscrow.RootFalls.selector);
        next = _root(books);
        (next.earned, next.fees) = (next.earned + 1, next.fees - 1);
        _refused(last, next, IEscrow.RootFalls.selector);
        next = _root(books);
        next.accounts = 1;
        _refused(last, next, IEscrow.RootFalls.selector);
    }

    function test_Row31_An_empty_root_is_refused() external {
        _refused(noRoot, noRoot, IEscrow.RootFalls.selector);
    }

    function testFuzz_What_is_charged_is_what_is_earned_and_the_fees(uint64 earned, uint64 fees, uint64 charged) external {
        vm.assume(uint256(earned) + fees != charged);
        IEscrow.Root memory next = _root(_books(0, 0));
        (next.earned, next.fees, next.charged) = (earned, fees, charged);
        _refused(noRoot, next, IEscrow.RootUnbalanced.selector);
    }

    function test_Row28_Charged_and_held_stay_within_the_deposits() external {
        IEscrow.Root memory next = _root(_books(CHARGED, uint64(1_500 * UNIT) - CHARGED + 1));
        _refused(noRoot, next, IEscrow.RootExceedsDeposits.selector);
    }

    function test_Row26_New_credit_stays_within_the_free_bond() external {
        _deposit(payer, 100_000 * UNIT);
        IEscrow.Root memory next = _root(_books(uint64(40_000 * UNIT) + 100, 0));
        _refused(noRoot, next, IOperatorRegistry.BondTooSmall.selector);
        _post(noRoot, _books(uint64(40_000 * UNIT), 0));
    }

    function test_A_challenge_answered_in_time_costs_the_challenger_its_fee() external {
        Books memory books = _books(CHARGED, uint64(50 * UNIT));
        _post(noRoot, books);
        _challenge(0);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        bytes memory signature = _sign(payerKey, SignedTypes.hash(authorization));
        vm.warp(block.timestamp + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.ChallengesOpen.selector, 1));
        escrow.finalizeRoot(op);
        vm.warp(block.timestamp - 1);
        escrow.answer(op, 0, proof, authorization, signature);
        vm.warp(block.timestamp + 1);
        escrow.finalizeRoot(op);
        eq(escrow.owed(op), CHALLENGE_FEE, "the fee is the operator's");
        vm.expectPartialRevert(IEscrow.NoRootPending.selector);
        escrow.answer(op, 0, proof, authorization, signature);
    }

    function test_An_account_is_challenged_once_per_root() external {
        _post(noRoot, _books(CHARGED, 0));
        _challenge(1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.AlreadyChallenged.selector, op, 1));
        escrow.challenge(op, 1);
        Authorization memory none;
        escrow.answer(op, 1, _payerProof(_books(CHARGED, 0), 1), none, "");
        vm.expectRevert(abi.encodeWithSelector(IEscrow.AlreadyChallenged.selector, op, 1));
        escrow.challenge(op, 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotChallenged.selector, op, 1));
        escrow.voidRoot(op, 1);
        IEscrow.PayerProof memory proof = _payerProof(_books(CHARGED, 0), 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotChallenged.selector, op, 0));
        escrow.answer(op, 0, proof, authorization, "");
    }

    function test_Only_accounts_of_an_open_root_are_challenged_within_its_window() external {
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NoRootPending.selector, op));
        escrow.challenge(op, 0);
        _post(noRoot, _books(CHARGED, 0));
        vm.expectRevert(abi.encodeWithSelector(IEscrow.TooManyAccounts.selector, 3, 2));
        escrow.challenge(op, 2);
        vm.warp(block.timestamp + WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.WindowClosed.selector, block.timestamp));
        escrow.challenge(op, 0);
    }

    function test_Row36_An_unanswered_challenge_voids_the_root_and_the_bond_pays() external {
        _post(noRoot, _books(CHARGED, 0));
        _challenge(0);
        _challenge(1);
        vm.expectPartialRevert(IEscrow.WindowOpen.selector);
        escrow.voidRoot(op, 0);
        vm.expectRevert(abi.encodeWithSelector(IEscrow.BatchNotVoid.selector, op, 1));
        escrow.reclaimFee(op, 1, 0);
        vm.warp(block.timestamp + WINDOW);
        IEscrow.PayerProof memory late = _payerProof(_books(CHARGED, 0), 0);
        vm.expectPartialRevert(IEscrow.WindowClosed.selector);
        escrow.answer(op, 0, late, authorization, "");
        escrow.voidRoot(op, 0);

        uint256 penalty = CHARGED + VOID_PENALTY;
        eq(operators.operatorOf(op).bond, 40_000 * UNIT - penalty, "bond");
        eq(operators.operatorOf(op).weight, 40_000 * UNIT - penalty, "weight");
        eq(operators.operatorOf(op).locked, 0, "locked");
        eq(operators.owed(address(this)), penalty / 10, "to the challenger");
        eq(operators.owed(BURN), penalty - penalty / 10, "burned");
        eq(escrow.finalRoot(op), 0, "final root");
        escrow.reclaimFee(op, 1, 0);
        escrow.reclaimFee(op, 1, 1);
        eq(escrow.owed(address(this)), 2 * CHALLENGE_FEE, "fees back");
        vm.expectRevert(abi.encodeWithSelector(IEscrow.NotChallenged.selector, op, 1));
        escrow.reclaimFee(op, 1, 1);
        _post(noRoot, _books(CHARGED, 0));
        eq(escrow.pendingOf(op).batch, 2, "the next one has a number of its own");
    }

    function test_A_leaf_that_charges_more_than_its_authorization_has_no_answer() external {
        authorization.cumulativeMax = CHARGED - 1;
        _unanswerable(_books(CHARGED, 0), 0, IEscrow.NotCovered.selector);
    }

    function test_A_leaf_that_charges_more_than_its_own_deposit_has_no_answer() external {
        authorization = _authorization(other, 1, uint64(1_400 * UNIT));
        Books memory books = _books(0, 0);
        books.payers[1] = IEscrow.PayerLeaf(other, uint64(500 * UNIT), 1, 1, _digest(SignedTypes.hash(authorization)));
        books.fees = 0;
        books.earned[0] = uint64(500 * UNIT);
        _unanswerable(books, 1, IEscrow.NotCovered.selector);
    }

    function test_A_strangers_leaf_in_a_payers_place_has_no_answer() external {
        Books memory books = _books(CHARGED, 0);
        books.payers[1].payer = address(0x57);
        _unanswerable(books, 1, IEscrow.BadLeaf.selector);
    }

    function test_A_leaf_with_a_forged_or_foreign_authorization_has_no_answer() external {
        Books memory books = _books(CHARGED, 0);
        _post(noRoot, books);
        _challenge(0);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        bytes memory forged = _sign(otherKey, SignedTypes.hash(authorization));
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        escrow.answer(op, 0, proof, authorization, forged);
        Authorization memory foreign = authorization;
        foreign.operator = operatorsOf[1];
        vm.expectPartialRevert(IEscrow.BadLeaf.selector);
        escrow.answer(op, 0, proof, foreign, forged);
        foreign = _authorization(payer, 2, uint64(800 * UNIT));
        vm.expectPartialRevert(IEscrow.BadLeaf.selector);
        escrow.answer(op, 0, proof, foreign, forged);
        foreign = _authorization(other, 1, uint64(800 * UNIT));
        vm.expectPartialRevert(IEscrow.BadLeaf.selector);
        escrow.answer(op, 0, proof, foreign, forged);
        foreign = authorization;
        foreign.maxTotal += 1;
        vm.expectPartialRevert(IEscrow.BadLeaf.selector);
        escrow.answer(op, 0, proof, foreign, forged);
    }

    function test_Row31_A_wrong_leaf_or_a_wrong_root_is_no_answer() external {
        Books memory books = _books(CHARGED, 0);
        _post(noRoot, books);
        _challenge(0);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        proof.leaf.charged -= 1;
        vm.expectPartialRevert(IEscrow.BadProof.selector);
        escrow.answer(op, 0, proof, authorization, "");
        proof = _payerProof(_books(CHARGED, 1), 0);
        vm.expectPartialRevert(IEscrow.WrongRoot.selector);
        escrow.answer(op, 0, proof, authorization, "");
    }

    function test_Row31_A_phantom_account_beyond_the_last_breaks_the_last_ones_path() external {
        Books memory books = _books(CHARGED, 0);
        IEscrow.PayerLeaf[] memory three = new IEscrow.PayerLeaf[](3);
        (three[0], three[1]) = (books.payers[0], books.payers[1]);
        three[2] = IEscrow.PayerLeaf(address(0x66), uint64(50 * UNIT), 0, 0, 0);
        books.payers = three;
        books.earned[0] += uint64(50 * UNIT);
        IEscrow.Root memory root = _root(books);
        root.accounts = 2;
        vm.prank(op);
        escrow.postRoot(noRoot, root);
        _challenge(0);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        proof.root = root;
        bytes memory signature = _sign(payerKey, SignedTypes.hash(authorization));
        vm.expectPartialRevert(IEscrow.BadProof.selector);
        escrow.answer(op, 0, proof, authorization, signature);
    }

    function test_An_exit_that_pays_out_holds_does_not_void_an_honest_root() external {
        vm.prank(payer);
        escrow.requestExit(op);
        vm.warp(block.timestamp + EXIT_DELAY);
        Books memory books = _books(CHARGED, uint64(50 * UNIT));
        _post(noRoot, books);
        _challenge(0);
        IEscrow.PayerProof memory proof = _payerProof(books, 0);
        vm.prank(payer);
        escrow.completeExit(op, noProof, proof);
        eq(token.balanceOf(payer), 1_000 * UNIT - CHARGED, "paid out");
        escrow.answer(op, 0, proof, authorization, _sign(payerKey, SignedTypes.hash(authorization)));
    }

    function _unanswerable(Books memory books, uint32 account, bytes4 why) private {
        _post(noRoot, books);
        _challenge(account);
        bytes memory signature = _sign(account == 0 ? payerKey : otherKey, SignedTypes.hash(authorization));
        vm.expectPartialRevert(why);
        escrow.answer(op, account, _payerProof(books, account), authorization, signature);
        vm.warp(block.timestamp + WINDOW);
        escrow.voidRoot(op, account);
        no(escrow.pendingOf(op).open, "void");
    }

    function _challenge(uint32 account) private {
        token.approve(address(escrow), CHALLENGE_FEE);
        escrow.challenge(op, account);
    }

    function _refused(IEscrow.Root memory last, IEscrow.Root memory next, bytes4 why) private {
        vm.expectPartialRevert(why);
        vm.prank(op);
        escrow.postRoot(last, next);
    }
}
