// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IGridParameters} from "../parameters/IGridParameters.sol";
import {Roles} from "../parameters/Keys.sol";
import {Payouts} from "../payouts/Payouts.sol";
import {IOperatorRegistry} from "./IOperatorRegistry.sol";

/// @notice Operators and their bonds. Weight follows the bond with a delay, so that no vote can be bought for a block.
contract OperatorRegistry is IOperatorRegistry, Payouts {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev To whoever proves a breach; the rest of a slash burns.
    uint256 private constant REWARD_PPM = 100_000;

    IGridParameters public immutable parameters;
    uint256 public immutable minBond;
    uint256 public immutable activationDelay;
    uint256 public immutable unbondingDelay;

    uint256 public totalWeight;
    mapping(address operator => Operator) private _operators;

    modifier onlyRole(bytes32 role) {
        require(parameters.hasRole(role, msg.sender), NotAllowed(role, msg.sender));
        _;
    }

    constructor(IERC20 token_, IGridParameters parameters_, uint256 minBond_, uint256 activationDelay_, uint256 unbondingDelay_)
        Payouts(token_)
    {
        parameters = parameters_;
        minBond = minBond_;
        activationDelay = activationDelay_;
        unbondingDelay = unbondingDelay_;
    }

    /// @notice Joins, or adds to the caller's bond. It counts after the delay, when `activate` is called.
    function join(uint256 amount) external nonReentrant {
        Operator storage state = _operators[msg.sender];
        require(state.state != State.Leaving, Leaving(msg.sender));
        uint256 received = _pull(amount);
        state.bond += received.toUint128();
        require(state.bond >= minBond, BondTooSmall(state.bond, minBond));
        state.state = State.Joined;
        state.activeFrom = (block.timestamp + activationDelay).toUint48();
        emit Bonded(msg.sender, received, state.activeFrom);
    }

    function activate(address operator) external {
        Operator storage state = _operators[operator];
        require(state.activeFrom != 0, NotAnOperator(operator));
        require(block.timestamp >= state.activeFrom, NotReady(state.activeFrom));
        require(state.bond >= minBond, BondTooSmall(state.bond, minBond));
        state.activeFrom = 0;
        _setWeight(state, state.bond);
        emit Activated(operator, state.bond);
    }

    /// @notice No vote and no new credit from now on; the bond follows after the delay.
    function requestLeave() external {
        Operator storage state = _operators[msg.sender];
        require(state.state != State.None, NotAnOperator(msg.sender));
        require(state.state != State.Leaving, Leaving(msg.sender));
        state.state = State.Leaving;
        _setWeight(state, 0);
        state.activeFrom = 0;
        state.leaveAt = (block.timestamp + unbondingDelay).toUint48();
        emit LeaveRequested(msg.sender, state.leaveAt);
    }

    function withdraw() external nonReentrant {
        Operator memory state = _operators[msg.sender];
        require(state.state == State.Leaving, NotAnOperator(msg.sender));
        require(block.timestamp >= state.leaveAt, NotReady(state.leaveAt));
        require(state.locked == 0, BondLocked(msg.sender, state.locked));
        delete _operators[msg.sender];
        emit Withdrawn(msg.sender, state.bond);
        token.safeTransfer(msg.sender, state.bond);
    }

    /// @notice Puts a part of an active operator's bond behind credit that can still be disputed.
    function lock(address operator, uint256 amount) external onlyRole(Roles.BOND_LOCKER) {
        Operator storage state = _operators[operator];
        uint256 free = Math.saturatingSub(state.weight, state.locked);
        require(amount <= free, BondTooSmall(free, amount));
        state.locked += amount.toUint128();
        emit Locked(operator, amount);
    }

    function unlock(address operator, uint256 amount) external onlyRole(Roles.BOND_LOCKER) {
        Operator storage state = _operators[operator];
        state.locked -= Math.min(state.locked, amount).toUint128();
        emit Unlocked(operator, amount);
    }

    /// @notice Takes at most the bond: a tenth to `beneficiary`, rounded down, the rest burns.
    function slash(address operator, uint256 amount, address beneficiary) external onlyRole(Roles.BOND_SLASHER) returns (uint256) {
        Operator storage state = _operators[operator];
        uint256 taken = Math.min(amount, state.bond);
        state.bond -= taken.toUint128();
        _setWeight(state, state.bond < minBond ? 0 : Math.min(state.weight, state.bond).toUint128());
        uint256 reward = taken * REWARD_PPM / PPM;
        emit Slashed(operator, taken, beneficiary, reward);
        _owe(beneficiary, reward);
        _owe(BURN, taken - reward);
        return taken;
    }

    function isActive(address operator) external view returns (bool) {
        return _operators[operator].weight > 0;
    }

    function operatorOf(address operator) external view returns (Operator memory) {
        return _operators[operator];
    }

    /// @dev Bounded by the caller. Who appears twice counts twice: callers demand strictly ascending addresses.
    function weigh(address[] calldata operators) external view returns (uint256 weight, uint256 total) {
        for (uint256 i = 0; i < operators.length; ++i) {
            weight += _operators[operators[i]].weight;
        }
        total = totalWeight;
    }

    function _setWeight(Operator storage state, uint128 weight) private {
        totalWeight = totalWeight - state.weight + weight;
        state.weight = weight;
    }
}
