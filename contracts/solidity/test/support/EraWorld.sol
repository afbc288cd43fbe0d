// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLedger} from "../../src/eras/IAttestationLedger.sol";
import {EraRoot, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {Trees} from "./Trees.sol";
import {World} from "./World.sol";

/// @notice Eras of sorted leaves, signed by some of the three operators.
abstract contract EraWorld is World {
    using Trees for bytes32[];

    uint256 internal constant ALL = 7;
    /// @dev 40 + 35 %: more than 2/3. 40 + 25 % is less, 25 % is less than 1/3.
    uint256 internal constant QUORUM = 3;
    uint256 internal constant TOO_FEW = 5;

    function _leaves(uint256 count) internal pure returns (IAttestationLedger.EraLeaf[] memory leaves) {
        leaves = new IAttestationLedger.EraLeaf[](count);
        for (uint256 i = 0; i < count; ++i) {
            leaves[i] = IAttestationLedger.EraLeaf(address(uint160(100 * (i + 1))), 990_000, 4, uint64(i), uint64((i + 1) * UNIT));
        }
    }

    function _proof(uint64 era, IAttestationLedger.EraLeaf[] memory leaves, uint32 index)
        internal
        pure
        returns (IAttestationLedger.LeafProof memory)
    {
        return IAttestationLedger.LeafProof(leaves[index], index, _hashes(era, leaves).path(index));
    }

    function _vote(uint64 era, IAttestationLedger.EraLeaf[] memory leaves) internal pure returns (EraRoot memory vote) {
        uint64 total;
        for (uint256 i = 0; i < leaves.length; ++i) total += leaves[i].rewards;
        vote = EraRoot(era, _hashes(era, leaves).root(), uint32(leaves.length), total);
    }

    function _commit(uint64 era, IAttestationLedger.EraLeaf[] memory leaves) internal {
        EraRoot memory vote = _vote(era, leaves);
        if (block.timestamp < ledger.endOf(era)) vm.warp(ledger.endOf(era));
        ledger.commit(vote, _votes(SignedTypes.hash(vote), ALL));
    }

    function _hashes(uint64 era, IAttestationLedger.EraLeaf[] memory leaves) private pure returns (bytes32[] memory hashes) {
        hashes = new bytes32[](leaves.length);
        for (uint32 i = 0; i < hashes.length; ++i) {
            IAttestationLedger.EraLeaf memory leaf = leaves[i];
            hashes[i] = keccak256(
                bytes.concat(
                    keccak256(
                        abi.encode(
                            keccak256("grid.era.leaf.v1"), era, i, leaf.provider, leaf.uptimePpm, leaf.tier, leaf.units, leaf.rewards
                        )
                    )
                )
            );
        }
    }
}
