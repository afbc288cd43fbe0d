// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {Refutations} from "../../src/escrow/Refutations.sol";
import {Authorization, Opening, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

contract RefutationsTest is EscrowWorld {
    uint64 private constant CHARGED = uint64(100 * UNIT);

    Authorization private later;
    Opening private opening;

    function setUp() public override {
        super.setUp();
        later = _authorization(payer, 2, CHARGED - 1);
        opening.authorization = _digest(SignedTypes.hash(later));
        opening.provider = node;
    }

    function test_A_root_that_charges_more_than_the_operator_had_agreed_to_is_void() external {
        _post(noRoot, _books(CHARGED, 0));
        _refute(_payerProof(_books(CHARGED, 0), 0), 0);
        no(escrow.pendingOf(op).open, "void");
        eq(operators.owed(address(this)), (CHARGED + VOID_PENALTY) / 10, "to who showed it");
    }

    function test_A_root_within_the_later_authorization_stands() external {
        later = _authorization(payer, 2, CHARGED);
        opening.authorization = _digest(SignedTypes.hash(later));
        _post(noRoot, _books(CHARGED, uint64(50 * UNIT)));
        _refute(_payerProof(_books(CHARGED, uint64(50 * UNIT)), 0), Refutations.NotRefuted.selector);
    }

    function test_An_authorization_that_the_operator_never_opened_on_refutes_nothing() external {
        _post(noRoot, _books(CHARGED, 0));
        IEscrow.PayerProof memory proof = _payerProof(_books(CHARGED, 0), 0);
        bytes memory own = _sign(payerKey, SignedTypes.hash(later));
        bytes memory forged = _sign(payerKey, SignedTypes.hash(opening));
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        refutations.refute(op, proof, later, own, opening, forged);
        opening.authorization = keccak256("another");
        _refute(proof, Refutations.NotRefuted.selector);
    }

    function test_An_earlier_authorization_refutes_nothing() external {
        authorization.sequence = 2;
        _post(noRoot, _books(CHARGED, 0));
        _refute(_payerProof(_books(CHARGED, 0), 0), Refutations.NotRefuted.selector);
    }

    function test_An_authorization_for_another_operator_refutes_nothing() external {
        later.operator = operatorsOf[1];
        opening.authorization = _digest(SignedTypes.hash(later));
        _post(noRoot, _books(CHARGED, 0));
        _refute(_payerProof(_books(CHARGED, 0), 0), Refutations.NotRefuted.selector);
    }

    function test_Only_a_leaf_of_the_open_root_counts() external {
        _refute(_payerProof(_books(CHARGED, 0), 0), Refutations.BadProof.selector);
        _refute(noProof, Refutations.BadProof.selector);
        _post(noRoot, _books(CHARGED, 0));
        _refute(_payerProof(_books(CHARGED + 1, 0), 0), Refutations.BadProof.selector);
        _refute(_payerProof(_books(CHARGED, 0), 1), Refutations.BadProof.selector);
        IEscrow.PayerProof memory proof = _payerProof(_books(CHARGED, 0), 0);
        proof.leaf.charged += 1;
        _refute(proof, Refutations.BadProof.selector);
    }

    function _refute(IEscrow.PayerProof memory proof, bytes4 why) private {
        bytes memory payerSignature = _sign(payerKey, SignedTypes.hash(later));
        bytes memory openingSignature = _sign(opKey, SignedTypes.hash(opening));
        if (why != 0) vm.expectRevert(why);
        refutations.refute(op, proof, later, payerSignature, opening, openingSignature);
    }
}
