// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Escrow} from "../../src/escrow/Escrow.sol";
import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {EscrowStorage} from "../../src/escrow/EscrowStorage.sol";
import {Withdrawal} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";
import {FeeToken, MoodyToken, ReentrantToken} from "../support/HostileTokens.sol";

/// @notice Row 29 of the faults: credit = measured balance change; one payout each.
contract HostileTokensTest is EscrowWorld {
    function setUp() public override {}

    function test_Row29_A_fee_on_transfer_token_credits_what_came_in() external {
        _world(new FeeToken());
        _deposit(payer, 1_000 * UNIT);
        eq(escrow.accountOf(op, payer).deposited, 990 * UNIT, "measured");
        eq(token.balanceOf(address(escrow)), 990 * UNIT, "there");
        _fund(payer, CHALLENGE_FEE, address(escrow));
        _post(noRoot, _oneAccount());
        vm.expectPartialRevert(IEscrow.FeeNotReceived.selector);
        vm.prank(payer);
        escrow.challenge(op, 0);
    }

    function test_Row29_A_payment_that_fails_changes_nothing_and_works_later() external {
        MoodyToken moody = new MoodyToken();
        _world(moody);
        _deposit(payer, 1_000 * UNIT);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(payer, 7);
        moody.setMood(true, false);
        vm.expectPartialRevert(bytes4(keccak256("SafeERC20FailedOperation(address)")));
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        moody.setMood(false, true);
        vm.expectRevert(bytes("paused"));
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        moody.setMood(false, false);
        vm.prank(payer);
        escrow.withdraw(value, signature, noProof, noProof);
        eq(token.balanceOf(payer), 7, "paid once");
    }

    function test_Row29_A_payee_that_calls_back_is_paid_once() external {
        ReentrantToken hostile = new ReentrantToken();
        _world(hostile);
        _deposit(payer, 1_000 * UNIT);
        authorization = _authorization(payer, 1, uint64(800 * UNIT));
        Books memory books = _oneAccount();
        _finalize(noRoot, books);
        hostile.arm(address(escrow), abi.encodeCall(Escrow.claim, (op, node, _providerProof(books, 0))));
        escrow.claim(op, node, _providerProof(books, 0));
        no(hostile.succeeded(), "the call back failed");
        eq(token.balanceOf(node), books.earned[0], "paid once");
    }

    function test_Row32_A_lease_claim_of_a_hostile_payee_waits_without_blocking_anybody() external {
        _world(new MoodyToken());
        _deposit(payer, 1_000 * UNIT);
        authorization = _authorization(payer, 1, uint64(800 * UNIT));
        vm.warp(block.timestamp + SILENCE + 1);
        escrow.abandon(op);
        claims.claimByLease(_evidence(keccak256("lease"), 3600, uint64(10 * UNIT)));
        vm.warp(block.timestamp + WINDOW);
        MoodyToken(address(token)).setMood(true, true);
        claims.payClaim(keccak256("lease"), noProof);
        eq(escrow.accountOf(op, payer).openClaims, 0, "the payer may leave");
        eq(escrow.owed(node), 99 * UNIT / 10, "the payee fetches it when it can");
    }

    function test_Windows_that_let_a_payer_leave_before_providers_can_claim_are_refused() external {
        EscrowStorage.Settings memory settings;
        (settings.disputeWindow, settings.silence, settings.exitDelay) = (WINDOW, SILENCE, SILENCE + 2 * WINDOW - 1);
        vm.expectRevert(IEscrow.WindowsTooShort.selector);
        new Escrow(settings);
        settings.exitDelay += 1;
        new Escrow(settings);
        settings.silence = WINDOW - 1;
        vm.expectRevert(IEscrow.WindowsTooShort.selector);
        new Escrow(settings);
        settings.disputeWindow = 0;
        vm.expectRevert(IEscrow.WindowsTooShort.selector);
        new Escrow(settings);
    }

    function _world(IERC20 hostile) private {
        vm.warp(1_800_000_000);
        _deploy(hostile);
        (op, opKey) = (vm.addr(0xA1), 0xA1);
        _fund(op, 3_000 * UNIT, address(operators));
        vm.prank(op);
        operators.join(2_000 * UNIT);
        vm.warp(block.timestamp + ACTIVATION);
        operators.activate(op);
    }

    function _oneAccount() private view returns (Books memory books) {
        books = _books(uint64(100 * UNIT), 0);
        IEscrow.PayerLeaf[] memory one = new IEscrow.PayerLeaf[](1);
        one[0] = books.payers[0];
        books.payers = one;
    }
}
