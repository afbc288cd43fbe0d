// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AttestationLedger} from "../../src/eras/AttestationLedger.sol";
import {IAttestationLedger} from "../../src/eras/IAttestationLedger.sol";
import {EraRoot, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {Votes} from "../../src/signing/Votes.sol";
import {EraWorld} from "../support/EraWorld.sol";

contract AttestationLedgerTest is EraWorld {
    uint64 private constant FIRST = 3;

    EraRoot private vote;

    function setUp() public override {
        super.setUp();
        vm.warp(ledger.endOf(FIRST));
        vote = _vote(FIRST, _leaves(9));
    }

    function test_Row34_A_quorum_of_the_weight_commits_an_era_once() external {
        ledger.commit(vote, _signed(QUORUM));
        eq(ledger.eraOf(FIRST).root, bytes24(vote.root), "root");
        eq(ledger.eraOf(FIRST).committedAt, block.timestamp, "time");
        bytes[] memory again = _signed(ALL);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLedger.AlreadyCommitted.selector, FIRST, bytes24(vote.root)));
        ledger.commit(vote, again);
    }

    function test_Gas_of_a_commit_whatever_the_number_of_leaves() external {
        ledger.commit(vote, _signed(ALL));
        vm.snapshotGasLastCall("AttestationLedger", "commit3");
    }

    function test_Gas_of_a_commit_with_5_operators() external {
        uint256[5] memory keys = [operatorKeys[0], operatorKeys[1], operatorKeys[2], uint256(0xA4), 0xA5];
        for (uint256 i = 3; i < 5; ++i) {
            _fund(vm.addr(keys[i]), MIN_BOND, address(operators));
            vm.prank(vm.addr(keys[i]));
            operators.join(MIN_BOND);
            vm.warp(block.timestamp + ACTIVATION);
            operators.activate(vm.addr(keys[i]));
        }
        vote.era += 2;
        vm.warp(ledger.endOf(vote.era));
        for (uint256 i = 0; i < 5; ++i) {
            for (uint256 j = i + 1; j < 5; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[i])) (keys[i], keys[j]) = (keys[j], keys[i]);
            }
        }
        bytes[] memory signatures = new bytes[](5);
        for (uint256 i = 0; i < 5; ++i) signatures[i] = _sign(keys[i], SignedTypes.hash(vote));
        ledger.commit(vote, signatures);
        vm.snapshotGasLastCall("AttestationLedger", "commit5");
    }

    function test_Gas_of_a_leaf_at_depth_17() external {
        bytes32[] memory path = new bytes32[](17);
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(1);
        IAttestationLedger.LeafProof memory proof = IAttestationLedger.LeafProof(leaves[0], 65_537, path);
        bytes32 hash = ledger.hashOf(FIRST, proof);
        uint256 index = proof.index;
        for (uint256 level = 0; level < 17; ++level) {
            path[level] = keccak256(abi.encode(level));
            hash = index & 1 == 1 ? keccak256(bytes.concat(path[level], hash)) : keccak256(bytes.concat(hash, path[level]));
            index >>= 1;
        }
        vote = EraRoot(FIRST, hash, 131_072, 1);
        ledger.commit(vote, _signed(ALL));
        yes(ledger.verify(FIRST, proof), "in the tree");
        vm.snapshotGasLastCall("AttestationLedger", "leafVerify17");
    }

    function test_Less_than_a_quorum_commits_nothing() external {
        for (uint256 who = 0; who < 7; ++who) {
            if (who == QUORUM) continue;
            bytes[] memory signatures = _signed(who);
            vm.expectPartialRevert(Votes.NoQuorum.selector);
            ledger.commit(vote, signatures);
        }
    }

    function test_Who_has_left_has_no_vote() external {
        bytes[] memory signatures = _signed(QUORUM);
        vm.prank(operatorsOf[1]);
        operators.requestLeave();
        vm.expectPartialRevert(Votes.NoQuorum.selector);
        ledger.commit(vote, signatures);
    }

    function test_Row30_Nobody_votes_twice_nor_for_another_root() external {
        bytes[] memory twice = new bytes[](2);
        twice[0] = _sign(opKey, SignedTypes.hash(vote));
        twice[1] = twice[0];
        vm.expectRevert(abi.encodeWithSelector(Votes.SignersNotAscending.selector, op));
        ledger.commit(vote, twice);
        bytes[] memory signatures = _signed(ALL);
        signatures[0] = hex"00";
        vm.expectRevert(abi.encodeWithSelector(Votes.SignersNotAscending.selector, address(0)));
        ledger.commit(vote, signatures);
        vm.expectRevert(abi.encodeWithSelector(Votes.TooManySignatures.selector, 33, 32));
        ledger.commit(vote, new bytes[](33));
    }

    function test_Row30_A_vote_for_one_era_is_worth_nothing_in_another() external {
        bytes[] memory signatures = _signed(ALL);
        vote.era = FIRST - 1;
        vm.warp(ledger.endOf(FIRST - 1));
        try ledger.commit(vote, signatures) {
            yes(false, "committed with foreign signatures");
        } catch {}
        eq(ledger.eraOf(FIRST - 1).root, 0, "nothing committed");
    }

    function test_Row22_An_era_is_committed_after_its_end_and_before_its_window_closes() external {
        bytes[] memory signatures = _signed(ALL);
        vm.warp(ledger.endOf(FIRST) - 1);
        vm.expectPartialRevert(IAttestationLedger.EraRunning.selector);
        ledger.commit(vote, signatures);
        vm.warp(ledger.endOf(FIRST) + COMMIT_WINDOW);
        vm.expectPartialRevert(IAttestationLedger.EraMissed.selector);
        ledger.commit(vote, signatures);
        vm.warp(block.timestamp - 1);
        ledger.commit(vote, signatures);
    }

    function test_Row31_Empty_eras_are_refused() external {
        vote.root = 0;
        bytes[] memory signatures = _signed(ALL);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLedger.EmptyEra.selector, FIRST));
        ledger.commit(vote, signatures);
        vote.root = keccak256("r");
        vote.leaves = 0;
        signatures = _signed(ALL);
        vm.expectRevert(abi.encodeWithSelector(IAttestationLedger.EmptyEra.selector, FIRST));
        ledger.commit(vote, signatures);
    }

    function testFuzz_A_leaf_is_in_its_own_era_at_its_own_index_with_its_own_figures(uint256 count, uint256 index, uint64 more) external {
        count = within(count, 1, 40);
        uint32 place = uint32(within(index, 0, count - 1));
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(count);
        _commit(FIRST, leaves);
        IAttestationLedger.LeafProof memory proof = _proof(FIRST, leaves, place);
        yes(ledger.verify(FIRST, proof), "in the tree");
        no(ledger.verify(FIRST + 1, proof), "another era");
        proof.index += 1;
        no(ledger.verify(FIRST, proof), "another index");
        proof.index -= 1;
        proof.leaf.rewards += uint64(within(more, 1, 1e9));
        no(ledger.verify(FIRST, proof), "other figures");
    }

    function testFuzz_Who_is_not_in_the_tree_is_provably_absent(uint256 count, address who) external {
        count = within(count, 2, 20);
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(count);
        _commit(FIRST, leaves);
        uint256 below = 0;
        while (below < count && leaves[below].provider < who) ++below;
        bool present = below < count && leaves[below].provider == who;
        IAttestationLedger.LeafProof memory none;
        IAttestationLedger.LeafProof memory left = below == 0 ? none : _proof(FIRST, leaves, uint32(below - 1));
        IAttestationLedger.LeafProof memory right = below == count ? none : _proof(FIRST, leaves, uint32(below));
        yes(ledger.verifyAbsent(FIRST, who, left, right) == !present, "absent exactly if not there");
    }

    function test_Nobody_in_the_tree_is_proven_absent_by_other_neighbours() external {
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(5);
        _commit(FIRST, leaves);
        for (uint32 l = 0; l < 5; ++l) {
            for (uint32 r = 0; r < 5; ++r) {
                IAttestationLedger.LeafProof memory left = _proof(FIRST, leaves, l);
                IAttestationLedger.LeafProof memory right = _proof(FIRST, leaves, r);
                no(ledger.verifyAbsent(FIRST, leaves[2].provider, left, right), "present");
            }
        }
        IAttestationLedger.LeafProof memory forged = _proof(FIRST, leaves, 0);
        forged.leaf.provider = address(50);
        no(ledger.verifyAbsent(FIRST, address(20), forged, forged), "a forged neighbour");
        no(ledger.verifyAbsent(FIRST, address(60), forged, forged), "a forged left neighbour");
    }

    function test_Two_votes_of_one_era_cost_a_part_of_the_bond_once() external {
        EraRoot memory second = EraRoot(FIRST, keccak256("other"), 9, 1);
        bytes memory one = _sign(opKey, SignedTypes.hash(vote));
        bytes memory two = _sign(opKey, SignedTypes.hash(second));
        ledger.reportEquivocation(op, vote, one, second, two);
        eq(operators.operatorOf(op).bond, 20_000 * UNIT, "half of it");
        eq(operators.owed(address(this)), 2_000 * UNIT, "a tenth of that to the reporter");
        vm.expectRevert(abi.encodeWithSelector(IAttestationLedger.AlreadyReported.selector, FIRST, op));
        ledger.reportEquivocation(op, second, two, vote, one);
    }

    function test_Only_two_different_votes_of_the_same_era_and_operator_convict() external {
        bytes memory one = _sign(opKey, SignedTypes.hash(vote));
        vm.expectRevert(IAttestationLedger.NotEquivocal.selector);
        ledger.reportEquivocation(op, vote, one, vote, one);
        EraRoot memory next = EraRoot(FIRST + 1, keccak256("other"), 9, 1);
        bytes memory two = _sign(opKey, SignedTypes.hash(next));
        vm.expectRevert(IAttestationLedger.NotEquivocal.selector);
        ledger.reportEquivocation(op, vote, one, next, two);
        next.era = FIRST;
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        ledger.reportEquivocation(op, vote, one, next, two);
        vm.expectPartialRevert(bytes4(keccak256("BadSignature(address)")));
        ledger.reportEquivocation(op, next, two, vote, one);
        vm.warp(ledger.endOf(FIRST) + COMMIT_WINDOW + REPORT_WINDOW);
        vm.expectPartialRevert(IAttestationLedger.TooLate.selector);
        ledger.reportEquivocation(op, vote, one, next, two);
    }

    function test_A_schedule_that_outlives_the_bonds_is_refused() external {
        vm.expectRevert(IAttestationLedger.BadSchedule.selector);
        new AttestationLedger(address(escrow), operators, 0, 1, 1, UNBONDING, 1);
        vm.expectRevert(IAttestationLedger.BadSchedule.selector);
        new AttestationLedger(address(escrow), operators, 0, 0, 1, 1, 1);
        vm.expectRevert(IAttestationLedger.BadSchedule.selector);
        new AttestationLedger(address(escrow), operators, 0, 1, 0, 1, 1);
        vm.expectRevert(IAttestationLedger.BadSchedule.selector);
        new AttestationLedger(address(escrow), operators, 0, 1, 1, 1, 0);
        vm.expectRevert(IAttestationLedger.BadSchedule.selector);
        new AttestationLedger(address(escrow), operators, 0, 1, 1, 1, 1_000_001);
        AttestationLedger later = new AttestationLedger(address(escrow), operators, block.timestamp + 5, 1, 1, 1, 1);
        eq(later.currentEra(), 0, "before genesis");
    }

    function _signed(uint256 who) private view returns (bytes[] memory) {
        return _votes(SignedTypes.hash(vote), who);
    }
}
