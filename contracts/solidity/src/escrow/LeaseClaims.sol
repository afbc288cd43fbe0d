// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {Close, Receipt, SignedTypes} from "../signing/SignedTypes.sol";
import {IEscrow} from "./IEscrow.sol";
import {ILeaseClaims} from "./ILeaseClaims.sol";
import {RootProofs} from "./RootProofs.sol";

/// @notice What a provider is owed when its operator is gone: by the signatures that it kept.
contract LeaseClaims is ILeaseClaims, GridDomain {
    using SafeCast for uint256;
    using RootProofs for IEscrow.Root;
    using RootProofs for LeaseProof;

    uint256 private constant SECONDS_PER_HOUR = 3600;

    IEscrow public immutable escrow;
    mapping(bytes32 lease => Claim) private _claims;
    /// @notice What all claims under one authorization were paid: at most its `maxTotal`.
    mapping(bytes32 authorization => uint256 amount) public paidUnder;

    constructor(IEscrow escrow_) GridDomain(address(escrow_)) {
        escrow = escrow_;
    }

    /// @notice Once per lease, by anyone, for the provider. An exit that is due closes the door.
    function claimByLease(LeaseEvidence calldata evidence) external {
        address operator = evidence.authorization.operator;
        address payer = evidence.authorization.payer;
        bytes32 lease = evidence.opening.lease;
        require(_claims[lease].answerBefore == 0, AlreadyClaimed(lease));
        bytes32 authorization = _requireEvidence(evidence, operator, payer, lease);

        uint256 byRate = _chargeRoundedDown(evidence.opening.ratePerHour, evidence.receipt.secondsUsed);
        Claim memory claim = Claim({
            operator: operator,
            payer: payer,
            provider: evidence.opening.provider,
            answerBefore: uint48(block.timestamp) + escrow.disputeWindow(),
            amount: Math.min(evidence.receipt.charged, byRate).toUint64(),
            settled: 0,
            usedSeconds: evidence.receipt.secondsUsed,
            ratePerHour: evidence.opening.ratePerHour,
            feePpm: evidence.opening.feePpm,
            paid: false,
            authorization: authorization,
            maxTotal: evidence.authorization.maxTotal,
            cumulativeMax: evidence.authorization.cumulativeMax
        });
        _claims[lease] = claim;
        emit LeaseClaimed(lease, payer, claim.provider, claim.amount, claim.answerBefore);
        escrow.openClaim(operator, payer);
    }

    /// @notice The operator had closed the lease earlier than the provider says.
    function lowerByClose(Close calldata close, bytes calldata signature) external {
        Claim storage claim = _answerable(close.lease);
        require(close.secondsBilled < claim.usedSeconds, NotLower());
        _requireSignedBy(claim.operator, SignedTypes.hash(close), signature);
        claim.usedSeconds = close.secondsBilled;
        _lower(close.lease, claim, _chargeRoundedDown(claim.ratePerHour, close.secondsBilled));
    }

    /// @notice The provider signed for as many seconds at a smaller charge.
    function lowerByReceipt(Receipt calldata receipt, bytes calldata signature) external {
        Claim storage claim = _answerable(receipt.lease);
        require(receipt.secondsUsed >= claim.usedSeconds && receipt.charged < claim.amount, NotLower());
        _requireSignedBy(claim.provider, SignedTypes.hash(receipt), signature);
        _lower(receipt.lease, claim, receipt.charged);
    }

    /// @notice The final root had charged a part of it already.
    function lowerBySettled(bytes32 lease, LeaseProof calldata proof) external {
        Claim storage claim = _answerable(lease);
        bytes32 root = proof.root.commitmentOf();
        require(root != 0 && root == escrow.finalRoot(claim.operator) && proof.hasLease(lease), BadProof());
        require(proof.charged > claim.settled, NotLower());
        claim.settled = proof.charged;
        emit LeaseClaimLowered(lease, claim.amount, claim.settled);
    }

    /// @notice Anyone may call it; `proof` is the payer's place under the final root.
    function payClaim(bytes32 lease, IEscrow.PayerProof calldata proof) external {
        Claim storage claim = _claims[lease];
        require(claim.answerBefore != 0 && !claim.paid, NoClaim(lease));
        require(block.timestamp >= claim.answerBefore, WindowOpen(claim.answerBefore));
        claim.paid = true;
        uint256 left = Math.saturatingSub(claim.maxTotal, paidUnder[claim.authorization]);
        uint256 amount = Math.min(Math.saturatingSub(claim.amount, claim.settled), left);
        // The Escrow calls nobody on this path, so what it paid is known before anything else can happen.
        amount = escrow.payClaim(
            IEscrow.ClaimPayment(claim.operator, claim.payer, claim.provider, amount, claim.cumulativeMax, claim.feePpm), proof
        );
        paidUnder[claim.authorization] += amount;
        emit LeasePaid(lease, claim.provider, amount);
    }

    function claimOf(bytes32 lease) external view returns (Claim memory) {
        return _claims[lease];
    }

    function _answerable(bytes32 lease) private view returns (Claim storage claim) {
        claim = _claims[lease];
        require(claim.answerBefore != 0, NoClaim(lease));
        require(msg.sender == claim.payer, NotPayer(msg.sender));
        require(block.timestamp < claim.answerBefore, WindowClosed(claim.answerBefore));
    }

    function _lower(bytes32 lease, Claim storage claim, uint256 amount) private {
        claim.amount = Math.min(claim.amount, amount).toUint64();
        emit LeaseClaimLowered(lease, claim.amount, claim.settled);
    }

    function _requireEvidence(LeaseEvidence calldata evidence, address operator, address payer, bytes32 lease)
        private
        view
        returns (bytes32 authorization)
    {
        bytes32 structHash = SignedTypes.hash(evidence.authorization);
        authorization = _digest(structHash);
        require(
            evidence.opening.authorization == authorization && evidence.paidThrough.lease == lease && evidence.receipt.lease == lease
                && evidence.receipt.secondsUsed <= evidence.paidThrough.secondsPaid,
            BadEvidence()
        );
        _requireSignedBy(payer, structHash, evidence.payerSignature);
        _requireSignedBy(operator, SignedTypes.hash(evidence.opening), evidence.openingSignature);
        _requireSignedBy(operator, SignedTypes.hash(evidence.paidThrough), evidence.paidThroughSignature);
        _requireSignedBy(evidence.opening.provider, SignedTypes.hash(evidence.receipt), evidence.receiptSignature);
    }

    /// @dev ⌊rate × seconds / 3600⌋, as `RatePerHour.ChargeRoundedDown`.
    function _chargeRoundedDown(uint64 ratePerHour, uint64 usedSeconds) private pure returns (uint256) {
        return uint256(ratePerHour) * usedSeconds / SECONDS_PER_HOUR;
    }
}
