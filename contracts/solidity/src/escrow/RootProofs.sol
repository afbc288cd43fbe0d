// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IndexedTree} from "../merkle/IndexedTree.sol";
import {SumNode, SumTree} from "../merkle/SumTree.sol";
import {IEscrow} from "./IEscrow.sol";
import {ILeaseClaims} from "./ILeaseClaims.sol";

/// @notice What a root commits to, and the leaves under it. Whoever acts on a root brings it along; the Escrow keeps its hash.
library RootProofs {
    uint256 private constant ROOT_BYTES = 320;
    /// @dev keccak256 of the all-zero root: ten zero words.
    bytes32 private constant NO_ROOT = 0x2d77d208db8c601b953c1a107b633226835576967fe4dec12375b07a6c6a38cf;
    bytes32 private constant PAYER_LEAF = keccak256("grid.escrow.payer.v1");
    bytes32 private constant PROVIDER_LEAF = keccak256("grid.escrow.provider.v1");
    bytes32 private constant LEASE_LEAF = keccak256("grid.escrow.lease.v1");

    /// @return keccak256(abi.encode(root)), or zero for the all-zero root, which stands for none.
    /// @dev The words are hashed as they came: one with bits outside of its type is another root than any that was posted, since posting reads each field.
    function commitmentOf(IEscrow.Root calldata root) internal pure returns (bytes32) {
        bytes32 hash;
        assembly ("memory-safe") {
            let words := mload(0x40)
            calldatacopy(words, root, ROOT_BYTES)
            hash := keccak256(words, ROOT_BYTES)
        }
        return hash == NO_ROOT ? bytes32(0) : hash;
    }

    /// @param index The payer's number − 1.
    function hasPayer(IEscrow.PayerProof calldata proof, uint32 index) internal pure returns (bool) {
        SumNode memory root = SumNode(proof.root.payers, SumTree.pack(proof.root.charged, proof.root.held));
        bytes32 leaf = twice(keccak256(abi.encode(PAYER_LEAF, index, proof.leaf)));
        return SumTree.verify(root, SumNode(leaf, SumTree.pack(proof.leaf.charged, proof.leaf.held)), index, proof.root.accounts, proof.path);
    }

    function hasProvider(IEscrow.ProviderProof calldata proof, address provider) internal pure returns (bool) {
        IEscrow.Root calldata root = proof.root;
        uint64 earned = proof.earned;
        uint32 index = proof.index;
        bytes32 leaf = twice(keccak256(abi.encode(PROVIDER_LEAF, index, provider, earned)));
        (bytes32 hash, uint256 sums) = SumTree.rootOf(leaf, SumTree.pack(earned, 0), index, root.providerCount, proof.path);
        return hash != 0 && hash == root.providers && sums == SumTree.pack(root.earned, 0);
    }

    function hasLease(ILeaseClaims.LeaseProof calldata proof, bytes32 lease) internal pure returns (bool) {
        bytes32 leaf = twice(keccak256(abi.encode(LEASE_LEAF, proof.index, lease, proof.charged)));
        return IndexedTree.verify(proof.root.leases, leaf, proof.index, proof.root.leaseCount, proof.path);
    }

    function twice(bytes32 hash) private pure returns (bytes32 again) {
        assembly ("memory-safe") {
            mstore(0x00, hash)
            again := keccak256(0x00, 0x20)
        }
    }
}
