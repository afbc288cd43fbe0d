// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestationLedger} from "../../src/eras/IAttestationLedger.sol";
import {RewardsDistributor} from "../../src/rewards/RewardsDistributor.sol";
import {EraWorld} from "../support/EraWorld.sol";

contract RewardsDistributorTest is EraWorld {
    uint64 private constant ERA_ONE = 3;

    function test_Row22_A_leaf_pays_once_what_is_new_and_cumulative() external {
        token.transfer(address(rewards), 100_000 * UNIT);
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(5);
        _commit(ERA_ONE, leaves);
        IAttestationLedger.LeafProof memory proof = _proof(ERA_ONE, leaves, 2);
        vm.expectRevert(abi.encodeWithSelector(RewardsDistributor.NotFinal.selector, ERA_ONE));
        rewards.claim(ERA_ONE, proof);
        vm.warp(block.timestamp + FINALITY);
        rewards.claim(ERA_ONE, proof);
        address provider = leaves[2].provider;
        eq(token.balanceOf(provider), 3 * UNIT, "paid");
        vm.expectRevert(abi.encodeWithSelector(RewardsDistributor.NothingToClaim.selector, provider));
        rewards.claim(ERA_ONE, proof);
        IAttestationLedger.EraLeaf[] memory later = _leaves(5);
        later[2].rewards = uint64(10 * UNIT);
        _commit(ERA_ONE + 5, later);
        vm.warp(block.timestamp + FINALITY);
        rewards.claim(ERA_ONE + 5, _proof(ERA_ONE + 5, later, 2));
        eq(token.balanceOf(provider), 10 * UNIT, "a missed era loses nothing");
        vm.expectRevert(abi.encodeWithSelector(RewardsDistributor.NothingToClaim.selector, provider));
        rewards.claim(ERA_ONE, proof);
    }

    function test_Row19_Only_leaves_of_that_era_pay() external {
        token.transfer(address(rewards), 100_000 * UNIT);
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(5);
        _commit(ERA_ONE, leaves);
        vm.warp(block.timestamp + FINALITY);
        IAttestationLedger.LeafProof memory proof = _proof(ERA_ONE, leaves, 2);
        proof.leaf.rewards += 1;
        vm.expectRevert(abi.encodeWithSelector(RewardsDistributor.NotInEra.selector, ERA_ONE, proof.leaf.provider));
        rewards.claim(ERA_ONE, proof);
        vm.expectRevert(abi.encodeWithSelector(RewardsDistributor.NotFinal.selector, ERA_ONE + 1));
        rewards.claim(ERA_ONE + 1, proof);
    }

    function test_Row19_A_lying_quorum_gets_no_more_than_the_released() external {
        token.transfer(address(rewards), 100_000 * UNIT);
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(2);
        leaves[0].rewards = uint64(90_000 * UNIT);
        _commit(ERA_ONE, leaves);
        vm.warp(block.timestamp + FINALITY);
        rewards.claim(ERA_ONE, _proof(ERA_ONE, leaves, 0));
        eq(token.balanceOf(leaves[0].provider), (ERA_ONE + 1) * REWARD_PER_ERA, "of every era that has ended");
        IAttestationLedger.LeafProof memory second = _proof(ERA_ONE, leaves, 1);
        vm.expectPartialRevert(RewardsDistributor.NothingToClaim.selector);
        rewards.claim(ERA_ONE, second);
        vm.warp(block.timestamp + ERA);
        rewards.claim(ERA_ONE, second);
        eq(token.balanceOf(leaves[1].provider), 2 * UNIT, "the rest stays claimable");
    }

    function test_A_pool_that_is_short_pays_what_is_there_and_the_rest_later() external {
        IAttestationLedger.EraLeaf[] memory leaves = _leaves(3);
        _commit(ERA_ONE, leaves);
        vm.warp(block.timestamp + FINALITY);
        IAttestationLedger.LeafProof memory proof = _proof(ERA_ONE, leaves, 2);
        vm.expectPartialRevert(RewardsDistributor.NothingToClaim.selector);
        rewards.claim(ERA_ONE, proof);
        token.transfer(address(rewards), UNIT);
        rewards.claim(ERA_ONE, proof);
        eq(token.balanceOf(leaves[2].provider), UNIT, "what is there");
        _fund(treasury, 1_000_000 * UNIT, address(rewards));
        rewards.topUp();
        eq(token.balanceOf(address(rewards)), (ERA_ONE + 1) * REWARD_PER_ERA - UNIT, "what is released and was missing");
        rewards.claim(ERA_ONE, proof);
        eq(token.balanceOf(leaves[2].provider), 3 * UNIT, "the rest");
        rewards.topUp();
        eq(rewards.released() - rewards.claimedTotal(), token.balanceOf(address(rewards)), "never more than that");
    }

    function testFuzz_The_released_grows_with_the_eras_only(uint32 first, uint32 second) external {
        vm.warp(block.timestamp + first);
        rewards.release();
        vm.warp(block.timestamp + second);
        rewards.release();
        rewards.release();
        eq(rewards.released(), ledger.currentEra() * REWARD_PER_ERA, "released");
    }
}
