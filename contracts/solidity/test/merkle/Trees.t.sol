// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IndexedTree} from "../../src/merkle/IndexedTree.sol";
import {SumNode, SumTree} from "../../src/merkle/SumTree.sol";
import {Test} from "../support/Test.sol";
import {Trees} from "../support/Trees.sol";

contract TreesTest is Test {
    using Trees for bytes32[];
    using Trees for SumNode[];

    function verify(bytes32 root, bytes32 leaf, uint256 index, uint256 count, bytes32[] calldata path) external pure returns (bool) {
        return IndexedTree.verify(root, leaf, index, count, path);
    }

    function verifySum(SumNode memory root, SumNode memory node, uint256 index, uint256 count, bytes calldata path)
        external
        pure
        returns (bool)
    {
        return SumTree.verify(root, node, index, count, path);
    }

    function testFuzz_Row31_Every_leaf_is_proven_at_its_index_and_nowhere_else(uint256 seed, uint256 count, uint256 index, uint256 wrong) external view {
        count = within(count, 1, 70);
        index = within(index, 0, count - 1);
        wrong = within(wrong, 0, 2 * count);
        bytes32[] memory leaves = _leaves(seed, count);
        bytes32 root = leaves.root();
        bytes32[] memory path = leaves.path(index);
        yes(this.verify(root, leaves[index], index, count, path), "in its place");
        if (wrong != index) no(this.verify(root, leaves[index], wrong, count, path), "at a wrong index");
        no(this.verify(root, keccak256(abi.encode(leaves[index])), index, count, path), "another leaf");
        no(this.verify(keccak256(abi.encode(root)), leaves[index], index, count, path), "another root");
    }

    function testFuzz_A_sum_tree_proves_its_leaves_with_their_amounts_only(uint256 seed, uint256 count, uint256 index, uint64 more) external view {
        count = within(count, 1, 40);
        index = within(index, 0, count - 1);
        SumNode[] memory leaves = _nodes(seed, count);
        SumNode memory root = leaves.root();
        SumNode[] memory path = leaves.path(index);
        yes(_proves(root, leaves[index], index, count, path), "in its place");
        no(_proves(root, leaves[index], index + 1, count, path), "at a wrong index");
        SumNode memory inflated = SumNode(leaves[index].hash, leaves[index].sums + (within(more, 1, 1 << 40) << 128));
        no(_proves(root, inflated, index, count, path), "inflated");
        SumNode memory smaller = SumNode(root.hash, root.sums + 1);
        no(_proves(smaller, leaves[index], index, count, path), "another sum at the root");
    }

    function test_Row31_Zero_roots_zero_leaves_and_empty_trees_prove_nothing() external view {
        bytes32[] memory none = new bytes32[](0);
        no(this.verify(0, 0, 0, 1, none), "zero root and leaf");
        no(this.verify(bytes32(uint256(1)), 0, 0, 1, none), "zero leaf");
        no(this.verify(bytes32(uint256(1)), bytes32(uint256(1)), 0, 0, none), "no leaves");
        no(this.verify(bytes32(uint256(1)), bytes32(uint256(1)), 0, (1 << 32) + 1, none), "too many leaves");
        yes(this.verify(bytes32(uint256(1)), bytes32(uint256(1)), 0, 1, none), "a tree of one leaf");
        SumNode[] memory nothing = new SumNode[](0);
        no(_proves(SumNode(0, 0), SumNode(0, 0), 0, 1, nothing), "zero sum root");
        no(_proves(SumNode(bytes32(uint256(1)), 0), SumNode(0, 0), 0, 1, nothing), "zero sum leaf");
        no(_proves(SumNode(bytes32(uint256(1)), 0), SumNode(bytes32(uint256(1)), 0), 0, 0, nothing), "no sum leaves");
        no(_proves(SumNode(bytes32(uint256(1)), 0), SumNode(bytes32(uint256(1)), 0), 0, 1 << 33, nothing), "too many");
    }

    function test_Row31_An_inner_node_is_no_leaf() external view {
        bytes32[] memory leaves = _leaves(7, 4);
        bytes32 inner = keccak256(bytes.concat(leaves[0], leaves[1]));
        bytes32[] memory path = new bytes32[](1);
        path[0] = keccak256(bytes.concat(leaves[2], leaves[3]));
        no(this.verify(leaves.root(), inner, 0, 4, path), "a path that is too short");
        yes(this.verify(leaves.root(), inner, 0, 2, path), "only the number of leaves tells them apart, and it is part of what is signed");
        SumNode[] memory nodes = _nodes(7, 4);
        no(_proves(nodes.root(), nodes[0], 0, 4, new SumNode[](1)), "a sum path that is too short");
    }

    function test_Nothing_hides_behind_the_last_leaf() external view {
        bytes32[] memory padded = _leaves(3, 4);
        no(this.verify(padded.root(), padded[3], 3, 3, padded.path(3)), "a fourth leaf in a tree of three");
        SumNode[] memory phantom = _nodes(3, 4);
        no(_proves(phantom.root(), phantom[2], 2, 3, phantom.path(2)), "a phantom sum in a tree of three");
        phantom[3] = Trees.nodeOf(0, 5, 0);
        no(_proves(phantom.root(), phantom[2], 2, 3, phantom.path(2)), "a sum without a leaf");
        phantom[3] = Trees.nodeOf(0, 0, 5);
        no(_proves(phantom.root(), phantom[2], 2, 3, phantom.path(2)), "a hold without a leaf");
    }

    function test_Sums_that_overflow_are_refused() external view {
        SumNode[] memory path = new SumNode[](1);
        (bytes32 left, bytes32 right) = (bytes32(uint256(3)), bytes32(uint256(2)));
        path[0] = Trees.nodeOf(right, type(uint64).max, 0);
        bytes32 hash = keccak256(abi.encodePacked(keccak256(bytes.concat(left, right)), uint64(1), type(uint64).max, uint64(0), uint64(0)));
        no(_proves(Trees.nodeOf(hash, 0, 0), Trees.nodeOf(left, 1, 0), 0, 2, path), "an amount wrapped to nothing");
        path[0] = Trees.nodeOf(right, 0, type(uint64).max);
        hash = keccak256(abi.encodePacked(keccak256(bytes.concat(left, right)), uint64(0), uint64(0), uint64(1), type(uint64).max));
        no(_proves(Trees.nodeOf(hash, 1, 0), Trees.nodeOf(left, 0, 1), 0, 2, path), "a hold carried over into the amount");
    }

    function test_A_path_of_broken_length_proves_nothing() external view {
        SumNode[] memory nodes = _nodes(7, 2);
        bytes memory path = nodes.path(0).packed();
        yes(this.verifySum(nodes.root(), nodes[0], 0, 2, path), "48 bytes a level");
        no(this.verifySum(nodes.root(), nodes[0], 0, 2, bytes.concat(path, hex"00")), "a byte too many");
        no(this.verifySum(nodes.root(), nodes[0], 0, 2, hex""), "none");
        assembly ("memory-safe") {
            mstore(path, 47)
        }
        no(this.verifySum(nodes.root(), nodes[0], 0, 2, path), "a byte too few");
    }

    function _proves(SumNode memory root, SumNode memory node, uint256 index, uint256 count, SumNode[] memory path) private view returns (bool) {
        return this.verifySum(root, node, index, count, path.packed());
    }

    function _leaves(uint256 seed, uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) leaves[i] = keccak256(abi.encode(seed, i));
    }

    function _nodes(uint256 seed, uint256 count) private pure returns (SumNode[] memory nodes) {
        nodes = new SumNode[](count);
        for (uint256 i = 0; i < count; ++i) {
            bytes32 hash = keccak256(abi.encode(seed, i));
            nodes[i] = Trees.nodeOf(hash, uint32(uint256(hash)), uint32(uint256(hash) >> 32));
        }
    }
}
