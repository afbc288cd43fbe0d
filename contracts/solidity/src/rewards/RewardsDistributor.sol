// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IAttestationLedger} from "../eras/IAttestationLedger.sol";
import {IGridParameters} from "../parameters/IGridParameters.sol";
import {Keys} from "../parameters/Keys.sol";

/// @notice Pays providers what era leaves say, cumulatively, within what is released and what is there: `docs/protocol/rewards.md`.
contract RewardsDistributor is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    error NotFinal(uint64 era);
    error NotInEra(uint64 era, address provider);
    error NothingToClaim(address provider);

    event Released(uint64 indexed era, uint256 total);
    event Claimed(address indexed provider, uint64 indexed era, uint256 amount, uint256 cumulative);
    event ToppedUp(uint256 amount);

    IERC20 public immutable token;
    IAttestationLedger public immutable ledger;
    IGridParameters public immutable parameters;
    /// @notice Whose allowance fills the pool.
    address public immutable treasury;
    uint256 public immutable finalityDelay;

    uint256 public released;
    uint256 public claimedTotal;
    uint64 public releasedThrough;
    mapping(address provider => uint256 amount) public claimed;

    constructor(IERC20 token_, IAttestationLedger ledger_, IGridParameters parameters_, address treasury_, uint256 finalityDelay_) {
        token = token_;
        ledger = ledger_;
        parameters = parameters_;
        treasury = treasury_;
        finalityDelay = finalityDelay_;
    }

    /// @notice Pays the provider what is new to it in a final era's leaf; what the pool lacks stays claimable by the same leaf.
    function claim(uint64 era, IAttestationLedger.LeafProof calldata proof) external nonReentrant {
        uint32 committedAt = ledger.eraOf(era).committedAt;
        require(committedAt != 0 && block.timestamp >= committedAt + finalityDelay, NotFinal(era));
        address provider = proof.leaf.provider;
        require(ledger.verify(era, proof), NotInEra(era, provider));
        release();
        uint256 amount = Math.min(Math.saturatingSub(proof.leaf.rewards, claimed[provider]), released - claimedTotal);
        amount = Math.min(amount, token.balanceOf(address(this)));
        require(amount > 0, NothingToClaim(provider));

        claimed[provider] += amount;
        claimedTotal += amount;
        emit Claimed(provider, era, amount, claimed[provider]);
        token.safeTransfer(provider, amount);
    }

    /// @notice Releases the present allowance of every era that has ended since the last time.
    function release() public {
        uint64 era = ledger.currentEra();
        if (era == releasedThrough) return;
        released += (era - releasedThrough) * parameters.get(Keys.REWARD_PER_ERA);
        releasedThrough = era;
        emit Released(era, released);
    }

    /// @notice Fetches from the treasury's allowance what is released and not there.
    function topUp() external nonReentrant {
        release();
        uint256 missing = Math.saturatingSub(released - claimedTotal, token.balanceOf(address(this)));
        uint256 allowed = Math.min(token.allowance(treasury, address(this)), token.balanceOf(treasury));
        uint256 amount = Math.min(missing, allowed);
        emit ToppedUp(amount);
        token.safeTransferFrom(treasury, address(this), amount);
    }
}
