// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Keys of `GridParameters`. Shares are millionths.
library Keys {
    /// @dev The part of collected fees that burns.
    bytes32 internal constant FEE_BURN_PPM = "feeBurnPpm";
    /// @dev Micro-units that one era may pay out.
    bytes32 internal constant REWARD_PER_ERA = "rewardPerEra";
    /// @dev The part of a slash that goes to the tenant, at most what he paid.
    bytes32 internal constant COMPENSATION_PPM = "compensationPpm";
    bytes32 internal constant REPORTER_PPM = "reporterPpm";
    /// @dev The most that one case takes of a stake.
    bytes32 internal constant MAX_SLASH_PPM = "maxSlashPpm";

    /// @notice The share of the stake that one hour of a fault costs.
    function slashPpmPerHour(uint8 kind) internal pure returns (bytes32) {
        return bytes32(bytes.concat("slashPpmPerHour", bytes1(kind)));
    }
}

library Roles {
    /// @dev May hold and slash providers' stake.
    bytes32 internal constant COURT = "court";
    /// @dev May slash operators' bonds.
    bytes32 internal constant BOND_SLASHER = "bondSlasher";
    /// @dev May lock operators' bonds behind open credit.
    bytes32 internal constant BOND_LOCKER = "bondLocker";
    /// @dev Rules on cases that no contract can decide.
    bytes32 internal constant ARBITER = "arbiter";
}
