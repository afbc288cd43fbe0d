// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {AttestationLedger} from "../../src/eras/AttestationLedger.sol";
import {Escrow} from "../../src/escrow/Escrow.sol";
import {EscrowStorage} from "../../src/escrow/EscrowStorage.sol";
import {LeaseClaims} from "../../src/escrow/LeaseClaims.sol";
import {Refutations} from "../../src/escrow/Refutations.sol";
import {OperatorRegistry} from "../../src/operators/OperatorRegistry.sol";
import {GridParameters} from "../../src/parameters/GridParameters.sol";
import {IGridParameters} from "../../src/parameters/IGridParameters.sol";
import {Keys, Roles} from "../../src/parameters/Keys.sol";
import {ProviderRegistry} from "../../src/providers/ProviderRegistry.sol";
import {RewardsDistributor} from "../../src/rewards/RewardsDistributor.sol";
import {SlashingCourt} from "../../src/slashing/SlashingCourt.sol";
import {GridToken} from "../../src/token/GridToken.sol";
import {Test} from "./Test.sol";

/// @notice A whole grid's contracts, with three operators whose weights are 40, 35 and 25 %.
abstract contract World is Test {
    uint64 internal constant UNIT = 1_000_000;
    uint48 internal constant WINDOW = 1 days;
    uint48 internal constant SILENCE = 7 days;
    uint48 internal constant EXIT_DELAY = 14 days;
    uint64 internal constant CHALLENGE_FEE = uint64(UNIT);
    uint64 internal constant VOID_PENALTY = uint64(100 * UNIT);
    uint256 internal constant MIN_BOND = 1_000 * UNIT;
    uint256 internal constant ACTIVATION = 1 days;
    uint256 internal constant UNBONDING = 21 days;
    uint256 internal constant TIMELOCK = 30 days;
    uint256 internal constant ERA = 1 days;
    uint256 internal constant COMMIT_WINDOW = 6 hours;
    uint256 internal constant REPORT_WINDOW = 7 days;
    uint256 internal constant APPEAL_WINDOW = 3 days;
    uint256 internal constant FINALITY = 1 hours;
    uint256 internal constant REWARD_PER_ERA = 1_000 * UNIT;
    address internal constant BURN = 0x000000000000000000000000000000000000dEaD;

    uint256[3] internal operatorKeys = [uint256(0xA1), 0xA2, 0xA3];
    address[3] internal operatorsOf;
    uint256 internal payerKey = 0xB1;
    uint256 internal otherKey = 0xB2;
    uint256 internal nodeKey = 0xC1;
    address internal payer = vm.addr(payerKey);
    address internal other = vm.addr(otherKey);
    address internal node = vm.addr(nodeKey);
    address internal op;
    uint256 internal opKey;
    address internal governor = address(0x60B);
    address internal arbiter = address(0xA4B);
    address internal treasury = address(0x7EA);

    IERC20 internal token;
    GridParameters internal parameters;
    ProviderRegistry internal providers;
    OperatorRegistry internal operators;
    Escrow internal escrow;
    LeaseClaims internal claims;
    Refutations internal refutations;
    AttestationLedger internal ledger;
    SlashingCourt internal court;
    RewardsDistributor internal rewards;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _deploy(IERC20(address(new GridToken(address(this), 1e9 * UNIT))));
        uint256[3] memory bonds = [uint256(40_000), 35_000, 25_000];
        for (uint256 i = 0; i < 3; ++i) {
            operatorsOf[i] = vm.addr(operatorKeys[i]);
            _fund(operatorsOf[i], bonds[i] * UNIT, address(operators));
            vm.prank(operatorsOf[i]);
            operators.join(bonds[i] * UNIT);
        }
        vm.warp(block.timestamp + ACTIVATION);
        for (uint256 i = 0; i < 3; ++i) operators.activate(operatorsOf[i]);
        (op, opKey) = (operatorsOf[0], operatorKeys[0]);
    }

    /// @dev The contracts name each other; addresses follow from the deployer's nonce.
    function _deploy(IERC20 token_) internal {
        token = token_;
        uint64 nonce = vm.getNonce(address(this));
        address escrowAt = vm.computeCreateAddress(address(this), nonce + 3);
        address ledgerAt = vm.computeCreateAddress(address(this), nonce + 6);
        address courtAt = vm.computeCreateAddress(address(this), nonce + 7);
        parameters = new GridParameters(governor, TIMELOCK, 14 days, _initial(), _grants(escrowAt, ledgerAt, courtAt));
        providers = new ProviderRegistry(token, escrowAt, parameters, UNBONDING);
        operators = new OperatorRegistry(token, parameters, MIN_BOND, ACTIVATION, UNBONDING);
        escrow = new Escrow(
            EscrowStorage.Settings({
                token: token,
                operators: operators,
                parameters: parameters,
                rewards: vm.computeCreateAddress(address(this), nonce + 8),
                leaseClaims: vm.computeCreateAddress(address(this), nonce + 4),
                refutations: vm.computeCreateAddress(address(this), nonce + 5),
                disputeWindow: WINDOW,
                silence: SILENCE,
                exitDelay: EXIT_DELAY,
                challengeFee: CHALLENGE_FEE,
                voidPenalty: VOID_PENALTY
            })
        );
        claims = new LeaseClaims(escrow);
        refutations = new Refutations(escrow);
        ledger = new AttestationLedger(address(escrow), operators, block.timestamp, ERA, COMMIT_WINDOW, REPORT_WINDOW, 500_000);
        court = new SlashingCourt(token, address(escrow), operators, providers, parameters, REPORT_WINDOW, APPEAL_WINDOW);
        rewards = new RewardsDistributor(token, ledger, parameters, treasury, FINALITY);
        eq(address(escrow), escrowAt, "escrow's address");
        eq(address(court), courtAt, "court's address");
        eq(address(rewards), escrow.rewards(), "rewards' address");
    }

    function _initial() private pure returns (IGridParameters.Parameter[] memory list) {
        list = new IGridParameters.Parameter[](7);
        list[0] = IGridParameters.Parameter(Keys.FEE_BURN_PPM, 1_000_000, 0, 1_000_000);
        list[1] = IGridParameters.Parameter(Keys.REWARD_PER_ERA, REWARD_PER_ERA, 0, 10 * REWARD_PER_ERA);
        list[2] = IGridParameters.Parameter(Keys.COMPENSATION_PPM, 600_000, 0, 700_000);
        list[3] = IGridParameters.Parameter(Keys.REPORTER_PPM, 50_000, 0, 100_000);
        list[4] = IGridParameters.Parameter(Keys.MAX_SLASH_PPM, 500_000, 1, 1_000_000);
        list[5] = IGridParameters.Parameter(Keys.slashPpmPerHour(1), 10_000, 0, 1_000_000);
        list[6] = IGridParameters.Parameter(Keys.slashPpmPerHour(2), 500_000, 0, 1_000_000);
    }

    function _grants(address escrowAt, address ledgerAt, address courtAt) private view returns (IGridParameters.Grant[] memory list) {
        list = new IGridParameters.Grant[](5);
        list[0] = IGridParameters.Grant(Roles.COURT, courtAt);
        list[1] = IGridParameters.Grant(Roles.BOND_SLASHER, escrowAt);
        list[2] = IGridParameters.Grant(Roles.BOND_SLASHER, ledgerAt);
        list[3] = IGridParameters.Grant(Roles.BOND_LOCKER, escrowAt);
        list[4] = IGridParameters.Grant(Roles.ARBITER, arbiter);
    }

    function _fund(address who, uint256 amount, address spender) internal {
        token.transfer(who, amount);
        vm.prank(who);
        token.approve(spender, type(uint256).max);
    }

    function _sign(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        return _signUnder(key, escrow.domainSeparator(), structHash);
    }

    function _signUnder(uint256 key, bytes32 separator, bytes32 structHash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", separator, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", escrow.domainSeparator(), structHash));
    }

    /// @dev Signatures of the operators whose bit is set, ascending by address as the contracts want them.
    function _votes(bytes32 structHash, uint256 who) internal view returns (bytes[] memory signatures) {
        uint256[] memory keys = _sortedKeys(who);
        signatures = new bytes[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) signatures[i] = _sign(keys[i], structHash);
    }

    function _sortedKeys(uint256 who) internal view returns (uint256[] memory keys) {
        uint256 count;
        for (uint256 i = 0; i < 3; ++i) if (who >> i & 1 == 1) ++count;
        keys = new uint256[](count);
        address previous;
        for (uint256 n = 0; n < count; ++n) {
            address lowest = address(type(uint160).max);
            for (uint256 i = 0; i < 3; ++i) {
                if (who >> i & 1 == 1 && operatorsOf[i] > previous && operatorsOf[i] < lowest) {
                    (lowest, keys[n]) = (operatorsOf[i], operatorKeys[i]);
                }
            }
            previous = lowest;
        }
    }
}
