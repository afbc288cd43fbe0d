// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface IAttestationLedger {
    /// @param root The first 24 bytes of the signed root: 96 bits against collisions, and the record is one slot.
    struct EraCommit {
        bytes24 root;
        uint32 committedAt;
        uint32 leaves;
    }

    /// @param uptimePpm Weighted median of the operators' observations. @param rewards Micro-units, cumulative since genesis.
    struct EraLeaf {
        address provider;
        uint32 uptimePpm;
        uint8 tier;
        uint64 units;
        uint64 rewards;
    }

    struct LeafProof {
        EraLeaf leaf;
        uint32 index;
        bytes32[] path;
    }

    error BadSchedule();
    error EraRunning(uint64 era, uint256 endsAt);
    error EraMissed(uint64 era, uint256 since);
    error AlreadyCommitted(uint64 era, bytes24 root);
    error EmptyEra(uint64 era);
    error NotEquivocal();
    error AlreadyReported(uint64 era, address operator);
    error TooLate(uint256 since);

    event EraCommitted(uint64 indexed era, bytes32 root, uint32 leaves, uint64 rewards);
    event EquivocationReported(uint64 indexed era, address indexed operator, address indexed reporter, uint256 amount);

    function eraOf(uint64 era) external view returns (EraCommit memory);
    function currentEra() external view returns (uint64);
    function verify(uint64 era, LeafProof calldata proof) external view returns (bool);
}
