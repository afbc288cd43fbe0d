// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorization, Opening, PaidThrough, Receipt} from "../signing/SignedTypes.sol";
import {IEscrow} from "./IEscrow.sol";

interface ILeaseClaims {
    struct LeaseProof {
        IEscrow.Root root;
        uint64 charged;
        uint32 index;
        bytes32[] path;
    }

    struct LeaseEvidence {
        Authorization authorization;
        bytes payerSignature;
        Opening opening;
        bytes openingSignature;
        PaidThrough paidThrough;
        bytes paidThroughSignature;
        Receipt receipt;
        bytes receiptSignature;
    }

    /// @param settled What the final root already charged for this lease.
    struct Claim {
        address operator;
        address payer;
        address provider;
        uint48 answerBefore;
        uint64 amount;
        uint64 settled;
        uint64 usedSeconds;
        uint64 ratePerHour;
        uint32 feePpm;
        bool paid;
        bytes32 authorization;
        uint64 maxTotal;
        uint64 cumulativeMax;
    }

    error BadEvidence();
    error BadProof();
    error AlreadyClaimed(bytes32 lease);
    error NoClaim(bytes32 lease);
    error NotPayer(address caller);
    error NotLower();
    error WindowClosed(uint256 since);
    error WindowOpen(uint256 until);

    event LeaseClaimed(bytes32 indexed lease, address indexed payer, address indexed provider, uint256 amount, uint256 answerBefore);
    event LeaseClaimLowered(bytes32 indexed lease, uint256 amount, uint256 settled);
    event LeasePaid(bytes32 indexed lease, address indexed provider, uint256 amount);
}
