// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EscrowStorage} from "./EscrowStorage.sol";
import {RootProofs} from "./RootProofs.sol";

/// @notice What payers owe by the roots that stand.
abstract contract EscrowDebts is EscrowStorage {
    using RootProofs for Root;
    using RootProofs for PayerProof;

    /// @param total What the root charges all payers together.
    struct Debt {
        uint64 charged;
        uint64 held;
        uint64 total;
    }

    /// @notice What a payer owes under a root that stands: proven, or nothing where there is no root or it is older than his account.
    function _owedUnder(address operator, address payer, bytes32 commitment, PayerProof calldata proof)
        internal
        view
        returns (Debt memory)
    {
        uint32 number = _accounts[operator][payer].number;
        require(number != 0, NoAccount(operator, payer));
        if (commitment == 0) return Debt(0, 0, 0);
        _requireRoot(operator, proof.root, commitment);
        if (number > proof.root.accounts) return Debt(0, 0, proof.root.charged);
        require(proof.leaf.payer == payer, BadLeaf(proof.leaf.payer));
        require(proof.hasPayer(number - 1), BadProof());
        return Debt(proof.leaf.charged, proof.leaf.held, proof.root.charged);
    }

    function _requireRoot(address operator, Root calldata root, bytes32 commitment) internal pure {
        require(root.commitmentOf() == commitment, WrongRoot(operator, commitment));
    }

    /// @dev What may leave a ledger's pool without touching what its roots have promised.
    function _room(Ledger memory ledger, uint256 charged) internal pure returns (uint256) {
        return Math.saturatingSub(_balance(ledger), charged);
    }
}
