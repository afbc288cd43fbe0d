// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface IProviderRegistry {
    /// @param active Stake that counts. @param unbonding Stake on its way out, still slashable until it has left.
    /// @param held What open cases may still take. @param slashed All that was ever taken.
    struct Provider {
        address owner;
        uint64 registeredAt;
        uint64 readyAt;
        uint128 active;
        uint128 unbonding;
        uint128 held;
        uint128 slashed;
    }

    error AlreadyRegistered(address provider);
    error NotRegistered(address provider);
    error NotOwner(address provider, address caller);
    error NotCourt(address caller);
    error ConsentExpired(uint256 expiry);
    error StakeTooSmall(uint256 available, uint256 asked);
    error NotReady(uint256 readyAt);
    error NothingToWithdraw(address provider);

    event Registered(address indexed provider, address indexed owner);
    event Staked(address indexed provider, uint256 amount);
    event UnstakeRequested(address indexed provider, uint256 amount, uint256 readyAt);
    event Withdrawn(address indexed provider, address indexed owner, uint256 amount);
    event Held(address indexed provider, uint256 amount);
    event Released(address indexed provider, uint256 amount);
    event Slashed(address indexed provider, uint256 amount);

    function providerOf(address provider) external view returns (Provider memory);
    function stakeOf(address provider) external view returns (uint256);
    function unbondingDelay() external view returns (uint256);
    function hold(address provider, uint256 amount) external;
    function release(address provider, uint256 amount) external;
    function slash(address provider, uint256 amount) external;
}
