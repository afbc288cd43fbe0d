// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IndexedTree} from "../merkle/IndexedTree.sol";
import {IOperatorRegistry} from "../operators/IOperatorRegistry.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {EraRoot, SignedTypes} from "../signing/SignedTypes.sol";
import {Votes} from "../signing/Votes.sol";
import {IAttestationLedger} from "./IAttestationLedger.sol";

/// @notice One root per era, signed by a quorum of the operators' weight; written once, within its window: `docs/protocol/eras.md`.
contract AttestationLedger is IAttestationLedger, Votes {
    using SafeCast for uint256;

    bytes32 internal constant ERA_LEAF = keccak256("grid.era.leaf.v1");
    uint256 private constant PPM = 1_000_000;

    uint256 public immutable genesis;
    uint256 public immutable eraSeconds;
    uint256 public immutable commitWindow;
    uint256 public immutable reportWindow;
    uint256 public immutable equivocationPpm;

    mapping(uint64 era => EraCommit) private _eras;
    mapping(uint64 era => mapping(address operator => bool)) public equivocated;

    constructor(
        address escrow,
        IOperatorRegistry operators_,
        uint256 genesis_,
        uint256 eraSeconds_,
        uint256 commitWindow_,
        uint256 reportWindow_,
        uint256 equivocationPpm_
    ) GridDomain(escrow) Votes(operators_) {
        require(
            eraSeconds_ > 0 && commitWindow_ > 0 && equivocationPpm_ > 0 && equivocationPpm_ <= PPM
                && operators_.unbondingDelay() >= commitWindow_ + reportWindow_,
            BadSchedule()
        );
        genesis = genesis_;
        eraSeconds = eraSeconds_;
        commitWindow = commitWindow_;
        reportWindow = reportWindow_;
        equivocationPpm = equivocationPpm_;
    }

    function commit(EraRoot calldata vote, bytes[] calldata signatures) external {
        uint256 end = endOf(vote.era);
        require(block.timestamp >= end, EraRunning(vote.era, end));
        require(block.timestamp < end + commitWindow, EraMissed(vote.era, end + commitWindow));
        bytes24 known = _eras[vote.era].root;
        require(known == 0, AlreadyCommitted(vote.era, known));
        require(bytes24(vote.root) != 0 && vote.leaves > 0, EmptyEra(vote.era));
        _requireQuorum(SignedTypes.hash(vote), signatures);

        _eras[vote.era] = EraCommit(bytes24(vote.root), block.timestamp.toUint32(), vote.leaves);
        emit EraCommitted(vote.era, vote.root, vote.leaves, vote.rewards);
    }

    /// @notice Two different votes of one operator for one era cost it a part of its bond, once.
    function reportEquivocation(
        address operator,
        EraRoot calldata first,
        bytes calldata firstSignature,
        EraRoot calldata second,
        bytes calldata secondSignature
    ) external {
        uint256 until = endOf(first.era) + commitWindow + reportWindow;
        require(block.timestamp < until, TooLate(until));
        bytes32 firstHash = SignedTypes.hash(first);
        bytes32 secondHash = SignedTypes.hash(second);
        require(first.era == second.era && firstHash != secondHash, NotEquivocal());
        require(!equivocated[first.era][operator], AlreadyReported(first.era, operator));
        _requireSignedBy(operator, firstHash, firstSignature);
        _requireSignedBy(operator, secondHash, secondSignature);

        equivocated[first.era][operator] = true;
        uint256 bond = operators.operatorOf(operator).bond;
        uint256 amount = operators.slash(operator, _roundedUp(bond * equivocationPpm), msg.sender);
        emit EquivocationReported(first.era, operator, msg.sender, amount);
    }

    /// @return Whether the leaf is in that era's tree; false for anything malformed.
    function verify(uint64 era, LeafProof calldata proof) public view returns (bool) {
        EraCommit memory state = _eras[era];
        return state.root != 0 && bytes24(IndexedTree.rootOf(hashOf(era, proof), proof.index, state.leaves, proof.path)) == state.root;
    }

    /// @notice Two neighbours in the sorted tree with the provider between them. Before the first leaf `left` is not looked at, after the last `right` is not.
    function verifyAbsent(uint64 era, address provider, LeafProof calldata left, LeafProof calldata right) external view returns (bool) {
        if (right.index == 0 && provider < right.leaf.provider && verify(era, right)) return true;
        if (provider <= left.leaf.provider || !verify(era, left)) return false;
        if (left.index + 1 == _eras[era].leaves) return true;
        return right.index == left.index + 1 && provider < right.leaf.provider && verify(era, right);
    }

    function eraOf(uint64 era) external view returns (EraCommit memory) {
        return _eras[era];
    }

    function currentEra() external view returns (uint64) {
        return block.timestamp < genesis ? 0 : ((block.timestamp - genesis) / eraSeconds).toUint64();
    }

    function endOf(uint64 era) public view returns (uint256) {
        return genesis + (uint256(era) + 1) * eraSeconds;
    }

    function hashOf(uint64 era, LeafProof calldata proof) public pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(ERA_LEAF, era, proof.index, proof.leaf))));
    }

    function _roundedUp(uint256 millionths) private pure returns (uint256) {
        return (millionths + PPM - 1) / PPM;
    }
}
