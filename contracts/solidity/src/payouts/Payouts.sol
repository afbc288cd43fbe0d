// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Money that waits to be fetched: a payee that can't be paid blocks only itself.
/// Burning is owing to an address that nobody has a key for, since the token is not ours.
abstract contract Payouts is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    error NothingOwed(address account);
    error NothingReceived();

    event Owed(address indexed account, uint256 amount);
    event Collected(address indexed account, uint256 amount);

    address public constant BURN = 0x000000000000000000000000000000000000dEaD;
    uint256 internal constant PPM = 1_000_000;

    IERC20 public immutable token;

    mapping(address account => uint256 amount) public owed;

    constructor(IERC20 token_) {
        token = token_;
    }

    /// @notice Pays what is owed to `account`; anyone may call it.
    function collect(address account) external nonReentrant {
        uint256 amount = owed[account];
        require(amount > 0, NothingOwed(account));
        owed[account] = 0;
        emit Collected(account, amount);
        token.safeTransfer(account, amount);
    }

    function _owe(address account, uint256 amount) internal {
        if (amount == 0) return;
        owed[account] += amount;
        emit Owed(account, amount);
    }

    /// @dev Callers are guarded against reentrancy.
    /// @return What really came in: a token may keep a part of it.
    function _pull(uint256 amount) internal returns (uint256) {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - before;
        require(received > 0, NothingReceived());
        return received;
    }
}
