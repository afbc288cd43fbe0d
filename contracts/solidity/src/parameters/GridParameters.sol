// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGridParameters} from "./IGridParameters.sol";

/// @notice A table of bounded numbers and of roles. Every change is public for `delay` before anyone may apply it.
contract GridParameters is IGridParameters {
    uint256 public immutable delay;
    /// @notice A change that nobody applies this long after it was ready is void.
    uint256 public immutable grace;

    address public governor;
    address public proposedGovernor;
    mapping(bytes32 role => mapping(address account => bool)) public hasRole;
    mapping(bytes32 id => uint256 readyAt) public readyAt;
    mapping(bytes32 key => Parameter) private _parameters;

    modifier onlyGovernor() {
        require(msg.sender == governor, NotGovernor(msg.sender));
        _;
    }

    constructor(address governor_, uint256 delay_, uint256 grace_, Parameter[] memory parameters, Grant[] memory grants) {
        governor = governor_;
        delay = delay_;
        grace = grace_;
        for (uint256 i = 0; i < parameters.length; ++i) {
            _parameters[parameters[i].key] = parameters[i];
            _setValue(parameters[i].key, parameters[i].value);
        }
        for (uint256 i = 0; i < grants.length; ++i) {
            _setRole(grants[i].role, grants[i].account, true);
        }
    }

    function get(bytes32 key) external view returns (uint256) {
        require(_parameters[key].max > 0, UnknownParameter(key));
        return _parameters[key].value;
    }

    function boundsOf(bytes32 key) external view returns (uint256 min, uint256 max) {
        return (_parameters[key].min, _parameters[key].max);
    }

    function schedule(Change calldata change) external onlyGovernor returns (bytes32 id) {
        if (change.account == address(0)) _requireInBounds(change.key, change.value);
        id = idOf(change);
        require(readyAt[id] == 0, AlreadyScheduled(id));
        readyAt[id] = block.timestamp + delay;
        emit Scheduled(id, change, readyAt[id]);
    }

    function cancel(bytes32 id) external onlyGovernor {
        require(readyAt[id] != 0, NotScheduled(id));
        delete readyAt[id];
        emit Cancelled(id);
    }

    function execute(Change calldata change) external {
        bytes32 id = idOf(change);
        uint256 from = readyAt[id];
        require(from != 0, NotScheduled(id));
        require(block.timestamp >= from, NotReady(id, from));
        require(block.timestamp < from + grace, Expired(id, from + grace));
        delete readyAt[id];
        if (change.account == address(0)) _setValue(change.key, change.value);
        else _setRole(change.key, change.account, change.value == 1);
    }

    function proposeGovernor(address next) external onlyGovernor {
        proposedGovernor = next;
        emit GovernorProposed(next);
    }

    function acceptGovernor() external {
        require(msg.sender == proposedGovernor, NotGovernor(msg.sender));
        governor = msg.sender;
        proposedGovernor = address(0);
        emit GovernorChanged(msg.sender);
    }

    function idOf(Change calldata change) public pure returns (bytes32) {
        return keccak256(abi.encode(change));
    }

    function _setValue(bytes32 key, uint256 value) private {
        _requireInBounds(key, value);
        _parameters[key].value = value;
        emit ParameterChanged(key, value);
    }

    function _setRole(bytes32 role, address account, bool granted) private {
        hasRole[role][account] = granted;
        emit RoleChanged(role, account, granted);
    }

    function _requireInBounds(bytes32 key, uint256 value) private view {
        Parameter storage known = _parameters[key];
        require(known.max > 0, UnknownParameter(key));
        require(value >= known.min && value <= known.max, OutOfBounds(key, value, known.min, known.max));
    }
}
