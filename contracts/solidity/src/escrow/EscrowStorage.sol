// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IOperatorRegistry} from "../operators/IOperatorRegistry.sol";
import {IGridParameters} from "../parameters/IGridParameters.sol";
import {IEscrow} from "./IEscrow.sol";

/// @notice What the Escrow keeps, and for how long it waits. Roots are kept as hashes; who acts on one brings it along.
abstract contract EscrowStorage is IEscrow {
    struct Settings {
        IERC20 token;
        IOperatorRegistry operators;
        IGridParameters parameters;
        address rewards;
        address leaseClaims;
        address refutations;
        uint48 disputeWindow;
        uint48 silence;
        uint48 exitDelay;
        uint64 challengeFee;
        uint64 voidPenalty;
    }

    IOperatorRegistry public immutable operators;
    IGridParameters public immutable parameters;
    /// @notice Where the part of the fees goes that does not burn.
    address public immutable rewards;
    /// @notice The contract that examines claims without an operator.
    address public immutable leaseClaims;
    /// @notice The contract that examines what speaks against a root.
    address public immutable refutations;
    uint48 public immutable disputeWindow;
    uint48 public immutable silence;
    uint48 public immutable exitDelay;
    uint64 public immutable challengeFee;
    uint64 public immutable voidPenalty;

    mapping(address operator => bytes32 commitment) public finalRoot;
    mapping(address operator => mapping(address provider => uint256 amount)) public earnedPaid;
    mapping(address payer => uint256 nonce) public mandateNonce;
    mapping(address payer => mapping(bytes32 mandate => bool)) public mandateRevoked;

    mapping(address operator => Ledger) internal _ledgers;
    mapping(address operator => Pending) internal _pending;
    mapping(address operator => mapping(address payer => Account)) internal _accounts;
    mapping(address operator => mapping(uint64 batch => bool)) internal _voided;
    mapping(address operator => mapping(uint64 batch => mapping(uint32 account => Challenge))) internal _challenges;

    constructor(Settings memory settings) {
        require(
            settings.disputeWindow > 0 && settings.silence >= settings.disputeWindow
                && settings.exitDelay >= settings.silence + 2 * settings.disputeWindow,
            WindowsTooShort()
        );
        operators = settings.operators;
        parameters = settings.parameters;
        rewards = settings.rewards;
        leaseClaims = settings.leaseClaims;
        refutations = settings.refutations;
        disputeWindow = settings.disputeWindow;
        silence = settings.silence;
        exitDelay = settings.exitDelay;
        challengeFee = settings.challengeFee;
        voidPenalty = settings.voidPenalty;
    }

    function ledgerOf(address operator) external view returns (Ledger memory) {
        return _ledgers[operator];
    }

    function pendingOf(address operator) external view returns (Pending memory) {
        return _pending[operator];
    }

    function accountOf(address operator, address payer) external view returns (Account memory) {
        return _accounts[operator][payer];
    }

    function challengeOf(address operator, uint64 batch, uint32 account) external view returns (Challenge memory) {
        return _challenges[operator][batch][account];
    }

    /// @return The open root's commitment; zero where none is open.
    function _openRoot(address operator) internal view returns (bytes32) {
        return _pending[operator].open ? _pending[operator].commitment : bytes32(0);
    }

    /// @dev An account's deposits minus what left it by withdrawal, exit or lease claim; charges of roots are not taken off.
    function _balance(Account memory account) internal pure returns (uint64) {
        return account.deposited - account.withdrawn - account.leasePaid;
    }

    function _balance(Ledger memory ledger) internal pure returns (uint64) {
        return ledger.deposited - ledger.withdrawn - ledger.leasePaid;
    }
}
