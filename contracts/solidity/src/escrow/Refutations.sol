// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GridDomain} from "../signing/GridDomain.sol";
import {Authorization, Opening, SignedTypes} from "../signing/SignedTypes.sol";
import {IEscrow} from "./IEscrow.sol";
import {RootProofs} from "./RootProofs.sol";

/// @notice Convicts a root by its operator's own signature: it opened a lease on a later authorization that covers less than the root charges.
contract Refutations is GridDomain {
    using RootProofs for IEscrow.Root;
    using RootProofs for IEscrow.PayerProof;

    error BadProof();
    error NotRefuted();

    IEscrow public immutable escrow;

    constructor(IEscrow escrow_) GridDomain(address(escrow_)) {
        escrow = escrow_;
    }

    /// @dev Only what is charged counts: holds fall again, and an honest root may be older than their fall.
    function refute(
        address operator,
        IEscrow.PayerProof calldata proof,
        Authorization calldata later,
        bytes calldata payerSignature,
        Opening calldata opening,
        bytes calldata openingSignature
    ) external {
        IEscrow.Pending memory pending = escrow.pendingOf(operator);
        uint32 number = escrow.accountOf(operator, later.payer).number;
        require(
            pending.open && proof.root.commitmentOf() == pending.commitment && number != 0 && proof.leaf.payer == later.payer
                && proof.hasPayer(number - 1),
            BadProof()
        );
        bytes32 structHash = SignedTypes.hash(later);
        require(
            later.operator == operator && later.sequence > proof.leaf.sequence && proof.leaf.charged > later.cumulativeMax
                && opening.authorization == _digest(structHash),
            NotRefuted()
        );
        _requireSignedBy(later.payer, structHash, payerSignature);
        _requireSignedBy(operator, SignedTypes.hash(opening), openingSignature);
        escrow.voidRefuted(operator, msg.sender);
    }
}
