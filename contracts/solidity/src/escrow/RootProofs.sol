// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IndexedTree} from "../merkle/IndexedTree.sol";
import {SumNode, SumTree} from "../merkle/SumTree.sol";
import {IEscrow} from "./IEscrow.sol";
import {ILeaseClaims} from "./ILeaseClaims.sol";

/// @notice What a root commits to, and the leaves under it. Whoever acts on a root brings it along; the Escrow keeps its hash.
library RootProofs {
    /// @dev keccak256 of the all-zero root: ten zero words.
    bytes32 private constant NO_ROOT = 0x2d77d208db8c601b953c1a107b633226835576967fe4dec12375b07a6c6a38cf;
    bytes32 private constant PAYER_LEAF = keccak256("grid.escrow.payer.v1");
    bytes32 private constant PROVIDER_LEAF = keccak256("grid.escrow.provider.v1");
    bytes32 private constant LEASE_LEAF = keccak256("grid.escrow.lease.v1");

    /// @return Zero for the all-zero root, which stands for none.
    function commitmentOf(IEscrow.Root calldata root) internal pure returns (bytes32) {
        bytes32 hash = keccak256(abi.encode(root));
        return hash == NO_ROOT ? bytes32(0) : hash;
    }

    /// @param index The payer's number − 1.
    function hasPayer(IEscrow.PayerProof calldata proof, uint32 index) internal pure returns (bool) {
        SumNode memory root = SumNode(proof.root.payers, SumTree.pack(proof.root.charged, proof.root.held));
        bytes32 leaf = twice(keccak256(abi.encode(PAYER_LEAF, index, proof.leaf)));
        return SumTree.verify(root, SumNode(leaf, SumTree.pack(proof.leaf.charged, proof.leaf.held)), index, proof.root.accounts, proof.path);
    }

    function hasProvider(IEscrow.ProviderProof calldata proof, address provider) internal pure returns (bool) {
        SumNode memory root = SumNode(proof.root.providers, SumTree.pack(proof.root.earned, 0));
        bytes32 leaf = twice(keccak256(abi.encode(PROVIDER_LEAF, proof.index, provider, proof.earned)));
        return SumTree.verify(root, SumNode(leaf, SumTree.pack(proof.earned, 0)), proof.index, proof.root.providerCount, proof.path);
    }

    function hasLease(ILeaseClaims.LeaseProof calldata proof, bytes32 lease) internal pure returns (bool) {
        bytes32 leaf = twice(keccak256(abi.encode(LEASE_LEAF, proof.index, lease, proof.charged)));
        return IndexedTree.verify(proof.root.leases, leaf, proof.index, proof.root.leaseCount, proof.path);
    }

    function twice(bytes32 hash) private pure returns (bytes32) {
        return keccak256(bytes.concat(hash));
    }
}
