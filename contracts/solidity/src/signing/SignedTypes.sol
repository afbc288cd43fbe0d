// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The grid's EIP-712 types that contracts read
/// @notice Amounts are micro-units, rates are micro-units per hour, times are unix seconds, shares are millionths (ppm).
/// The strings equal those of `contracts/Protocol/Signing`; a changed character voids every signature ever made.

struct Authorization {
    address operator;
    address payer;
    address signer;
    bytes32 mandate;
    uint64 sequence;
    bytes32 deployment;
    bytes32 manifestHash;
    uint64 maxRatePerHour;
    uint64 maxTotal;
    uint64 cumulativeMax;
    uint64 expiry;
    bytes32 beacon;
}

struct Opening {
    bytes32 lease;
    bytes32 authorization;
    address provider;
    uint64 token;
    bytes32 bindingsHash;
    uint64 ratePerHour;
    uint32 feePpm;
    uint64 expiry;
}

struct PaidThrough {
    bytes32 lease;
    uint64 secondsPaid;
}

struct Receipt {
    bytes32 lease;
    uint64 secondsUsed;
    uint64 charged;
    bytes32 contentHash;
    bytes32 previous;
}

struct Close {
    bytes32 lease;
    uint64 secondsBilled;
    uint8 reason;
}

/// @notice An operator lets a payer take money out: `withdrawn` is the cumulative figure afterwards, so it works once.
struct Withdrawal {
    address operator;
    address payer;
    uint64 withdrawn;
    uint64 expiry;
}

struct OwnerConsent {
    address owner;
    address provider;
    uint64 expiry;
}

/// @notice An operator saw a provider at that second.
struct Seen {
    address provider;
    uint64 seenAt;
}

/// @notice An operator's vote. `rewards` is the sum of the leaves' cumulative rewards.
struct EraRoot {
    uint64 era;
    bytes32 root;
    uint32 leaves;
    uint64 rewards;
}

/// @notice What operators accuse a provider of. `paid` is what the tenant paid for the interval; `reporter` can't be replaced by a copyist.
struct Fault {
    uint8 kind;
    address provider;
    bytes32 lease;
    address tenant;
    uint64 from;
    uint64 to;
    uint64 paid;
    address reporter;
}

library SignedTypes {
    bytes32 internal constant AUTHORIZATION = keccak256(
        "Authorization(address operator,address payer,address signer,bytes32 mandate,uint64 sequence,bytes32 deployment,bytes32 manifestHash,uint64 maxRatePerHour,uint64 maxTotal,uint64 cumulativeMax,uint64 expiry,bytes32 beacon)"
    );
    bytes32 internal constant OPENING = keccak256(
        "Opening(bytes32 lease,bytes32 authorization,address provider,uint64 token,bytes32 bindingsHash,uint64 ratePerHour,uint32 feePpm,uint64 expiry)"
    );
    bytes32 internal constant PAID_THROUGH = keccak256("PaidThrough(bytes32 lease,uint64 seconds)");
    bytes32 internal constant RECEIPT =
        keccak256("Receipt(bytes32 lease,uint64 seconds,uint64 charged,bytes32 contentHash,bytes32 previous)");
    bytes32 internal constant CLOSE = keccak256("Close(bytes32 lease,uint64 seconds,uint8 reason)");
    bytes32 internal constant WITHDRAWAL = keccak256("Withdrawal(address operator,address payer,uint64 withdrawn,uint64 expiry)");
    bytes32 internal constant OWNER_CONSENT = keccak256("OwnerConsent(address owner,address provider,uint64 expiry)");
    bytes32 internal constant SEEN = keccak256("Seen(address provider,uint64 at)");
    bytes32 internal constant ERA_ROOT = keccak256("EraRoot(uint64 era,bytes32 root,uint32 leaves,uint64 rewards)");
    bytes32 internal constant FAULT =
        keccak256("Fault(uint8 kind,address provider,bytes32 lease,address tenant,uint64 from,uint64 to,uint64 paid,address reporter)");

    function hash(Authorization memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(AUTHORIZATION, value));
    }

    function hash(Opening memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(OPENING, value));
    }

    function hash(PaidThrough memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(PAID_THROUGH, value));
    }

    function hash(Receipt memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT, value));
    }

    function hash(Close memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE, value));
    }

    function hash(Withdrawal memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(WITHDRAWAL, value));
    }

    function hash(OwnerConsent memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(OWNER_CONSENT, value));
    }

    function hash(Seen memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(SEEN, value));
    }

    function hash(EraRoot memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(ERA_ROOT, value));
    }

    function hash(Fault memory value) internal pure returns (bytes32) {
        return keccak256(abi.encode(FAULT, value));
    }
}
