// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IndexedTree} from "./IndexedTree.sol";

/// @notice A node of a Merkle sum tree: what lies below it adds up to these micro-units.
/// @param sums amount × 2¹²⁸ + held, each below 2⁶⁴ (`SumTree.pack`); held is zero throughout the tree of providers.
struct SumNode {
    bytes32 hash;
    uint256 sums;
}

/// @notice A tree whose nodes commit to the sums below them. Sums are unsigned: no set of leaves that anybody can prove exceeds the root's.
library SumTree {
    uint256 private constant OUTSIDE = ~(uint256(type(uint64).max) << 128 | type(uint64).max);

    /// @return Whether `node` is number `index` of `count` under `root`. Never reverts.
    function verify(SumNode memory root, SumNode memory node, uint256 index, uint256 count, SumNode[] calldata path)
        internal
        pure
        returns (bool)
    {
        if (root.hash == 0 || node.hash == 0 || index >= count || count > IndexedTree.MAX_LEAVES) return false;
        if (!IndexedTree.hasLevels(count, path.length)) return false;
        bytes32 hash = node.hash;
        uint256 sums = node.sums;
        // What lies right of the last leaf is empty, on every level.
        uint256 last = count - 1;
        for (uint256 level = 0; level < path.length; ++level) {
            SumNode calldata sibling = path[level];
            uint256 siblingSums = sibling.sums;
            if (siblingSums & OUTSIDE != 0) return false;
            if (index & 1 == 1) {
                hash = _join(sibling.hash, siblingSums, hash, sums);
            } else {
                if (index == last && (sibling.hash != 0 || siblingSums != 0)) return false;
                hash = _join(hash, sums, sibling.hash, siblingSums);
            }
            // At most 33 terms of 64 bits, 128 bits apart: they never touch, and one that leaves its 64 bits equals no root's.
            unchecked {
                sums += siblingSums;
            }
            index >>= 1;
            last >>= 1;
        }
        return hash == root.hash && sums == root.sums;
    }

    function pack(uint64 amount, uint64 held) internal pure returns (uint256) {
        return uint256(amount) << 128 | held;
    }

    /// @dev keccak256(keccak256(left ‖ right) ‖ left amount ‖ right amount ‖ left held ‖ right held), each sum 8 bytes.
    function _join(bytes32 left, uint256 leftSums, bytes32 right, uint256 rightSums) private pure returns (bytes32) {
        return Hashes.efficientKeccak256(Hashes.efficientKeccak256(left, right), bytes32(leftSums << 64 | rightSums));
    }
}
