// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISlashingCourt} from "../../src/slashing/ISlashingCourt.sol";
import {IProviderRegistry} from "../../src/providers/IProviderRegistry.sol";
import {Fault, Seen, SignedTypes} from "../../src/signing/SignedTypes.sol";
import {EraWorld} from "../support/EraWorld.sol";

/// @notice One provider that stakes and leaves while operators accuse it, again and again.
contract StakeHandler is EraWorld {
    address private constant TENANT = address(0x7E4);
    address private constant REPORTER = address(0x4E9);

    bytes32[] private _cases;
    uint256 private _lease;

    uint256 public staked;
    uint256 public withdrawn;
    uint256 public executed;

    function setUp() public override {
        super.setUp();
        vm.prank(node);
        providers.register(node, 0, "");
    }

    function stake(uint256 amount) external {
        amount = within(amount, 1, 1_000 * UNIT);
        _fund(node, amount, address(providers));
        vm.prank(node);
        providers.stake(node, amount);
        staked += amount;
    }

    function requestUnstake(uint256 amount) external {
        uint256 active = providers.providerOf(node).active;
        if (active == 0) return;
        vm.prank(node);
        providers.requestUnstake(node, within(amount, 1, active));
    }

    function withdraw() external {
        IProviderRegistry.Provider memory state = providers.providerOf(node);
        if (block.timestamp < state.readyAt) vm.warp(state.readyAt);
        uint256 kept = state.held > state.active ? state.held - state.active : 0;
        if (state.unbonding <= kept) return;
        vm.prank(node);
        providers.withdraw(node);
        withdrawn += state.unbonding - kept;
    }

    function propose(uint8 kind, uint64 length, uint64 paid) external {
        IProviderRegistry.Provider memory state = providers.providerOf(node);
        if (providers.stakeOf(node) == state.held) return;
        uint64 to = uint64(block.timestamp);
        Fault memory fault =
            Fault(kind % 2 + 1, node, bytes32(++_lease), TENANT, to - uint64(within(length, 1, 30 days)), to, paid, REPORTER);
        _cases.push(court.propose(fault, _votes(SignedTypes.hash(fault), QUORUM)));
    }

    function appeal(uint256 which) external {
        if (_cases.length == 0) return;
        bytes32 id = _cases[which % _cases.length];
        ISlashingCourt.Case memory state = court.caseOf(id);
        if (state.kind != 1 || state.state != ISlashingCourt.State.Proposed || block.timestamp >= state.decidedAt) return;
        bytes[] memory signatures = _votes(SignedTypes.hash(Seen(node, state.from)), 1);
        ISlashingCourt.SeenReceipt[] memory receipts = new ISlashingCourt.SeenReceipt[](1);
        receipts[0] = ISlashingCourt.SeenReceipt(state.from, signatures[0]);
        court.appeal(id, receipts);
    }

    function rule(uint256 which, bool upheld) external {
        if (_cases.length == 0) return;
        bytes32 id = _cases[which % _cases.length];
        ISlashingCourt.Case memory state = court.caseOf(id);
        if (state.kind == 1 || state.state != ISlashingCourt.State.Proposed || block.timestamp >= state.decidedAt) return;
        vm.prank(arbiter);
        court.rule(id, upheld);
    }

    /// @dev It lands in every interleaving: nothing that the provider did before may stop it.
    function execute(uint256 which) external {
        if (_cases.length == 0) return;
        bytes32 id = _cases[which % _cases.length];
        ISlashingCourt.Case memory state = court.caseOf(id);
        if (state.state == ISlashingCourt.State.Dismissed || state.state == ISlashingCourt.State.Executed) return;
        if (block.timestamp < state.decidedAt) vm.warp(state.decidedAt);
        uint256 before = providers.stakeOf(node);
        court.execute(id);
        uint256 taken = before - providers.stakeOf(node);
        bool slashes = state.kind == 1 || state.state == ISlashingCourt.State.Upheld;
        eq(taken, slashes ? state.amount : 0, "INV-CHAIN-05 a slash takes what it held");
        executed += taken;
    }

    function collect(uint256 who) external {
        address[3] memory all = [TENANT, REPORTER, BURN];
        if (court.owed(all[who % 3]) > 0) court.collect(all[who % 3]);
    }

    /// @return What the registry holds and what it should, what the court holds and what it owes.
    function assets() external view returns (uint256, uint256, uint256, uint256) {
        uint256 owed = court.owed(TENANT) + court.owed(REPORTER) + court.owed(BURN);
        return (token.balanceOf(address(providers)), providers.stakeOf(node), token.balanceOf(address(court)), owed);
    }

    function stakes() external view returns (uint256 held, uint256 stake_, uint256 slashed, uint256 accounted) {
        IProviderRegistry.Provider memory state = providers.providerOf(node);
        return (state.held, providers.stakeOf(node), state.slashed, staked - withdrawn - executed);
    }
}
