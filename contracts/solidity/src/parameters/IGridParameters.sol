// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The numbers and roles that may change behind the timelock.
interface IGridParameters {
    struct Parameter {
        bytes32 key;
        uint256 value;
        uint256 min;
        uint256 max;
    }

    struct Grant {
        bytes32 role;
        address account;
    }

    /// @param account Zero: `value` of the parameter `key`. Else: whether (1, 0) `account` has the role `key`.
    struct Change {
        bytes32 key;
        address account;
        uint256 value;
    }

    error NotGovernor(address caller);
    error UnknownParameter(bytes32 key);
    error OutOfBounds(bytes32 key, uint256 value, uint256 min, uint256 max);
    error AlreadyScheduled(bytes32 id);
    error NotScheduled(bytes32 id);
    error NotReady(bytes32 id, uint256 from);
    error Expired(bytes32 id, uint256 until);

    event Scheduled(bytes32 indexed id, Change change, uint256 readyAt);
    event Cancelled(bytes32 indexed id);
    event ParameterChanged(bytes32 indexed key, uint256 value);
    event RoleChanged(bytes32 indexed role, address indexed account, bool granted);
    event GovernorProposed(address indexed governor);
    event GovernorChanged(address indexed governor);

    function get(bytes32 key) external view returns (uint256);
    function hasRole(bytes32 role, address account) external view returns (bool);
    function governor() external view returns (address);
}
