// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IndexedTree} from "./IndexedTree.sol";

/// @notice A node of a Merkle sum tree: what lies below it adds up to these micro-units.
/// @param held Zero throughout the tree of providers.
struct SumNode {
    bytes32 hash;
    uint64 amount;
    uint64 held;
}

/// @notice A tree whose nodes commit to the sums below them. Sums are unsigned: no set of leaves that anybody can prove exceeds the root's.
library SumTree {
    /// @return Whether `node` is number `index` of `count` under `root`. Never reverts.
    function verify(SumNode memory root, SumNode memory node, uint256 index, uint256 count, SumNode[] calldata path)
        internal
        pure
        returns (bool)
    {
        if (root.hash == 0 || node.hash == 0 || index >= count || count > IndexedTree.MAX_LEAVES) return false;
        if (!IndexedTree.hasLevels(count, path.length)) return false;
        return _climb(root, node, index, count - 1, path);
    }

    /// @param last The index of the last leaf: what lies right of it is empty, on every level.
    function _climb(SumNode memory root, SumNode memory node, uint256 index, uint256 last, SumNode[] calldata path)
        private
        pure
        returns (bool)
    {
        bytes32 hash = node.hash;
        // Wide sums: one that leaves 64 bits never comes back into them, and equals no root's.
        uint256 amount = node.amount;
        uint256 held = node.held;
        for (uint256 level = 0; level < path.length; ++level) {
            (bytes32 siblingHash, uint256 siblingAmount, uint256 siblingHeld) = _read(path[level]);
            if (index & 1 == 1) {
                hash = _join(siblingHash, hash, siblingAmount << 192 | siblingHeld << 128 | amount << 64 | held);
            } else {
                if (index == last && (siblingHash != 0 || siblingAmount != 0 || siblingHeld != 0)) return false;
                hash = _join(hash, siblingHash, amount << 192 | held << 128 | siblingAmount << 64 | siblingHeld);
            }
            amount += siblingAmount;
            held += siblingHeld;
            index >>= 1;
            last >>= 1;
        }
        return hash == root.hash && amount == root.amount && held == root.held;
    }

    function _read(SumNode calldata node) private pure returns (bytes32, uint256, uint256) {
        return (node.hash, node.amount, node.held);
    }

    /// @dev keccak256(keccak256(left ‖ right) ‖ left amount ‖ left held ‖ right amount ‖ right held), each sum 8 bytes.
    function _join(bytes32 left, bytes32 right, uint256 sums) private pure returns (bytes32) {
        return Hashes.efficientKeccak256(Hashes.efficientKeccak256(left, right), bytes32(sums));
    }
}
