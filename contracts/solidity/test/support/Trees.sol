// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SumNode} from "../../src/merkle/SumTree.sol";

/// @notice Builds the trees that the contracts verify: a second implementation, level by level.
library Trees {
    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        while (leaves.length > 1) leaves = _above(leaves);
        return leaves[0];
    }

    function path(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](height(leaves.length));
        for (uint256 level = 0; level < siblings.length; ++level) {
            uint256 sibling = index ^ 1;
            siblings[level] = sibling < leaves.length ? leaves[sibling] : bytes32(0);
            leaves = _above(leaves);
            index /= 2;
        }
    }

    function root(SumNode[] memory leaves) internal pure returns (SumNode memory) {
        while (leaves.length > 1) leaves = _above(leaves);
        return leaves[0];
    }

    function path(SumNode[] memory leaves, uint256 index) internal pure returns (SumNode[] memory siblings) {
        siblings = new SumNode[](height(leaves.length));
        for (uint256 level = 0; level < siblings.length; ++level) {
            uint256 sibling = index ^ 1;
            if (sibling < leaves.length) siblings[level] = leaves[sibling];
            leaves = _above(leaves);
            index /= 2;
        }
    }

    /// @return bytes_ A path as the contracts read it.
    function packed(SumNode[] memory siblings) internal pure returns (bytes memory bytes_) {
        for (uint256 level = 0; level < siblings.length; ++level) {
            bytes_ = abi.encodePacked(bytes_, siblings[level].hash, amountOf(siblings[level]), heldOf(siblings[level]));
        }
    }

    function nodeOf(bytes32 hash, uint64 amount, uint64 held) internal pure returns (SumNode memory) {
        return SumNode(hash, uint256(amount) * 2 ** 128 + held);
    }

    function amountOf(SumNode memory node) internal pure returns (uint64) {
        return uint64(node.sums / 2 ** 128);
    }

    function heldOf(SumNode memory node) internal pure returns (uint64) {
        return uint64(node.sums);
    }

    function height(uint256 count) internal pure returns (uint256 levels) {
        while ((1 << levels) < count) ++levels;
    }

    function _above(bytes32[] memory below) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((below.length + 1) / 2);
        for (uint256 i = 0; i < above.length; ++i) {
            bytes32 right = 2 * i + 1 < below.length ? below[2 * i + 1] : bytes32(0);
            above[i] = keccak256(bytes.concat(below[2 * i], right));
        }
    }

    function _above(SumNode[] memory below) private pure returns (SumNode[] memory above) {
        above = new SumNode[]((below.length + 1) / 2);
        for (uint256 i = 0; i < above.length; ++i) {
            SumNode memory left = below[2 * i];
            SumNode memory right;
            if (2 * i + 1 < below.length) right = below[2 * i + 1];
            bytes32 hashes = keccak256(bytes.concat(left.hash, right.hash));
            bytes32 hash = keccak256(abi.encodePacked(hashes, amountOf(left), amountOf(right), heldOf(left), heldOf(right)));
            above[i] = nodeOf(hash, amountOf(left) + amountOf(right), heldOf(left) + heldOf(right));
        }
    }
}
