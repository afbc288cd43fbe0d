// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface IOperatorRegistry {
    enum State {
        None,
        Joined,
        Leaving
    }

    /// @param weight Its vote: the bond when it was activated, never more than the bond. @param locked The part behind open credit.
    /// @param activeFrom When `activate` may be called; 0 where nothing waits. @param leaveAt When the bond may leave; 0 unless leaving.
    struct Operator {
        uint128 bond;
        uint128 weight;
        uint128 locked;
        uint48 activeFrom;
        uint48 leaveAt;
        State state;
    }

    error NotAnOperator(address operator);
    error Leaving(address operator);
    error BondTooSmall(uint256 bond, uint256 needed);
    error NotReady(uint256 readyAt);
    error BondLocked(address operator, uint256 locked);
    error NotAllowed(bytes32 role, address caller);

    event Bonded(address indexed operator, uint256 amount, uint256 activeFrom);
    event Activated(address indexed operator, uint256 weight);
    event LeaveRequested(address indexed operator, uint256 leaveAt);
    event Withdrawn(address indexed operator, uint256 amount);
    event Locked(address indexed operator, uint256 amount);
    event Unlocked(address indexed operator, uint256 amount);
    event Slashed(address indexed operator, uint256 amount, address indexed beneficiary, uint256 reward);

    function isActive(address operator) external view returns (bool);
    function operatorOf(address operator) external view returns (Operator memory);
    function weigh(address[] calldata operators) external view returns (uint256 weight, uint256 total);
    function unbondingDelay() external view returns (uint256);
    function lock(address operator, uint256 amount) external;
    function unlock(address operator, uint256 amount) external;
    function slash(address operator, uint256 amount, address beneficiary) external returns (uint256);
}
