// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @notice A Merkle tree whose paths are bound to the leaf's index and to the number of leaves.
/// Leaves are hashed twice by their owner; positions past the last leaf are zero, and so is a node above nothing but such positions.
/// What a builder hides there is provable to nobody, since an index must be below the count.
library IndexedTree {
    uint256 internal constant MAX_LEAVES = 1 << 32;

    /// @return Whether `leaf` is number `index` of `count` under `root`. Never reverts.
    function verify(bytes32 root, bytes32 leaf, uint256 index, uint256 count, bytes32[] calldata path) internal pure returns (bool) {
        return root != 0 && rootOf(leaf, index, count, path) == root;
    }

    /// @return The root above a leaf in its place, or zero where leaf, index and path fit no tree of `count` leaves.
    function rootOf(bytes32 leaf, uint256 index, uint256 count, bytes32[] calldata path) internal pure returns (bytes32) {
        if (leaf == 0 || index >= count || count > MAX_LEAVES || !hasLevels(count, path.length)) return 0;
        for (uint256 level = 0; level < path.length; ++level) {
            bytes32 sibling = path[level];
            leaf = index & 1 == 1 ? Hashes.efficientKeccak256(sibling, leaf) : Hashes.efficientKeccak256(leaf, sibling);
            index >>= 1;
        }
        return leaf;
    }

    /// @return Whether a tree of `count` leaves (1 or more) has that many levels above them: ⌈log₂ count⌉.
    function hasLevels(uint256 count, uint256 levels) internal pure returns (bool) {
        unchecked {
            uint256 last = count - 1;
            return last >> levels == 0 && (levels == 0 || last >> (levels - 1) == 1);
        }
    }
}
