// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IGridParameters} from "../parameters/IGridParameters.sol";
import {Roles} from "../parameters/Keys.sol";
import {Payouts} from "../payouts/Payouts.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {OwnerConsent, SignedTypes} from "../signing/SignedTypes.sol";
import {IProviderRegistry} from "./IProviderRegistry.sol";

/// @notice Providers, their owners and their stake. Nobody can pause the way out; an open case holds only its own amount.
contract ProviderRegistry is IProviderRegistry, Payouts, GridDomain {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    uint256 public immutable unbondingDelay;
    IGridParameters public immutable parameters;

    mapping(address provider => Provider) private _providers;

    modifier onlyCourt() {
        require(parameters.hasRole(Roles.COURT, msg.sender), NotCourt(msg.sender));
        _;
    }

    constructor(IERC20 token_, address escrow, IGridParameters parameters_, uint256 unbondingDelay_) Payouts(token_) GridDomain(escrow) {
        parameters = parameters_;
        unbondingDelay = unbondingDelay_;
    }

    /// @notice The caller becomes a provider. Another's ownership needs that owner's signed consent.
    function register(address owner, uint64 expiry, bytes calldata consent) external {
        Provider storage provider = _providers[msg.sender];
        require(provider.owner == address(0), AlreadyRegistered(msg.sender));
        if (owner != msg.sender) {
            require(block.timestamp < expiry, ConsentExpired(expiry));
            _requireSignedBy(owner, SignedTypes.hash(OwnerConsent(owner, msg.sender, expiry)), consent);
        }
        provider.owner = owner;
        provider.registeredAt = uint64(block.timestamp);
        emit Registered(msg.sender, owner);
    }

    function stake(address provider, uint256 amount) external nonReentrant {
        Provider storage state = _registered(provider);
        uint256 received = _pull(amount);
        state.active += received.toUint128();
        emit Staked(provider, received);
    }

    /// @notice Starts the way out. A further request restarts the clock for all that is on it.
    function requestUnstake(address provider, uint256 amount) external {
        Provider storage state = _owned(provider);
        require(amount > 0 && amount <= state.active, StakeTooSmall(state.active, amount));
        state.active -= amount.toUint128();
        state.unbonding += amount.toUint128();
        state.readyAt = (block.timestamp + unbondingDelay).toUint64();
        emit UnstakeRequested(provider, amount, state.readyAt);
    }

    /// @notice Pays the owner what has matured, less what open cases hold beyond the active stake; that rest can be fetched when they end.
    function withdraw(address provider) external nonReentrant {
        Provider storage state = _owned(provider);
        require(block.timestamp >= state.readyAt, NotReady(state.readyAt));
        uint256 amount = state.unbonding - Math.min(state.unbonding, Math.saturatingSub(state.held, state.active));
        require(amount > 0, NothingToWithdraw(provider));
        state.unbonding -= amount.toUint128();
        emit Withdrawn(provider, state.owner, amount);
        token.safeTransfer(state.owner, amount);
    }

    function hold(address provider, uint256 amount) external onlyCourt {
        Provider storage state = _registered(provider);
        uint256 free = stakeOf(provider) - state.held;
        require(amount <= free, StakeTooSmall(free, amount));
        state.held += amount.toUint128();
        emit Held(provider, amount);
    }

    function release(address provider, uint256 amount) external onlyCourt {
        _providers[provider].held -= amount.toUint128();
        emit Released(provider, amount);
    }

    /// @notice Takes what is held, from the active stake first, and owes it to the court.
    function slash(address provider, uint256 amount) external onlyCourt {
        Provider storage state = _providers[provider];
        uint128 taken = amount.toUint128();
        uint128 fromActive = taken < state.active ? taken : state.active;
        state.held -= taken;
        state.active -= fromActive;
        state.unbonding -= taken - fromActive;
        state.slashed += taken;
        emit Slashed(provider, amount);
        _owe(msg.sender, amount);
    }

    function providerOf(address provider) external view returns (Provider memory) {
        return _providers[provider];
    }

    /// @notice All that can be slashed.
    function stakeOf(address provider) public view returns (uint256) {
        return uint256(_providers[provider].active) + _providers[provider].unbonding;
    }

    function _registered(address provider) private view returns (Provider storage state) {
        state = _providers[provider];
        require(state.owner != address(0), NotRegistered(provider));
    }

    function _owned(address provider) private view returns (Provider storage state) {
        state = _registered(provider);
        require(msg.sender == state.owner, NotOwner(provider, msg.sender));
    }
}
