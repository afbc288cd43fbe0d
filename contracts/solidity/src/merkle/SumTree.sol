// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IndexedTree} from "./IndexedTree.sol";

/// @notice A node of a Merkle sum tree: what lies below it adds up to these micro-units.
/// @param sums amount × 2¹²⁸ + held, each below 2⁶⁴ (`SumTree.pack`); held is zero throughout the tree of providers.
struct SumNode {
    bytes32 hash;
    uint256 sums;
}

/// @notice A tree whose nodes commit to the sums below them. Sums are unsigned: no set of leaves that anybody can prove exceeds the root's.
/// A path has 48 bytes a level, from the leaf up: the sibling's hash ‖ amount ‖ held, each sum 8 bytes.
library SumTree {
    uint256 internal constant NODE_BYTES = 48;

    /// @return Whether `leaf` is number `index` of `count` under a root. Never reverts.
    function verify(SumNode memory root, SumNode memory leaf, uint256 index, uint256 count, bytes calldata path)
        internal
        pure
        returns (bool)
    {
        (bytes32 hash, uint256 sums) = rootOf(leaf.hash, leaf.sums, index, count, path);
        return hash != 0 && hash == root.hash && sums == root.sums;
    }

    /// @return hash The root above a leaf in its place, or zero where leaf, index and path fit no tree of `count` leaves. @return sums The root's.
    /// @dev node = keccak256(keccak256(left ‖ right) ‖ left amount ‖ right amount ‖ left held ‖ right held), each sum 8 bytes.
    /// By hand, since a claim pays for each level: scratch memory only, and a path is as long as `count` wants it.
    function rootOf(bytes32 leaf, uint256 leafSums, uint256 index, uint256 count, bytes calldata path)
        internal
        pure
        returns (bytes32 hash, uint256 sums)
    {
        if (leaf == 0 || index >= count || count > IndexedTree.MAX_LEAVES) return (0, 0);
        unchecked {
            uint256 levels = path.length / NODE_BYTES;
            if (levels * NODE_BYTES != path.length || !IndexedTree.hasLevels(count, levels)) return (0, 0);
        }
        (hash, sums) = (leaf, leafSums);
        // What lies right of the last leaf must be empty, on every level.
        uint256 phantom;
        assembly ("memory-safe") {
            let last := sub(count, 1)
            let end := add(path.offset, path.length)
            for { let at := path.offset } lt(at, end) { at := add(at, NODE_BYTES) } {
                let siblingHash := calldataload(at)
                let siblingSums := calldataload(add(at, 0x20))
                siblingSums := or(shl(128, shr(192, siblingSums)), and(shr(128, siblingSums), 0xffffffffffffffff))
                let joined
                switch and(index, 1)
                case 1 {
                    mstore(0x00, siblingHash)
                    mstore(0x20, hash)
                    joined := or(shl(64, siblingSums), sums)
                }
                default {
                    if eq(index, last) { phantom := or(phantom, or(siblingHash, siblingSums)) }
                    mstore(0x00, hash)
                    mstore(0x20, siblingHash)
                    joined := or(shl(64, sums), siblingSums)
                }
                mstore(0x00, keccak256(0x00, 0x40))
                mstore(0x20, joined)
                hash := keccak256(0x00, 0x40)
                // At most 33 terms of 64 bits, 128 bits apart: they never touch, and one that leaves its 64 bits equals no root's.
                sums := add(sums, siblingSums)
                index := shr(1, index)
                last := shr(1, last)
            }
        }
        if (phantom != 0) return (0, 0);
    }

    function pack(uint64 amount, uint64 held) internal pure returns (uint256) {
        return uint256(amount) << 128 | held;
    }
}
