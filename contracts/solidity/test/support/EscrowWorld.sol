// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {ILeaseClaims} from "../../src/escrow/ILeaseClaims.sol";
import {SumNode} from "../../src/merkle/SumTree.sol";
import {Authorization, Opening, PaidThrough, Receipt, SignedTypes, Withdrawal} from "../../src/signing/SignedTypes.sol";
import {Trees} from "./Trees.sol";
import {World} from "./World.sol";

/// @notice Books of one operator, as its silo would keep them: leaves in, roots and proofs out.
abstract contract EscrowWorld is World {
    using Trees for SumNode[];
    using Trees for bytes32[];

    struct Books {
        IEscrow.PayerLeaf[] payers;
        address[] providers;
        uint64[] earned;
        bytes32[] leases;
        uint64[] leaseCharges;
        uint64 fees;
    }

    Authorization internal authorization;
    IEscrow.Root internal noRoot;
    IEscrow.PayerProof internal noProof;

    function setUp() public virtual override {
        super.setUp();
        _deposit(payer, 1_000 * UNIT);
        _deposit(other, 500 * UNIT);
        authorization = _authorization(payer, 1, uint64(800 * UNIT));
        _fund(address(this), 0, address(escrow));
    }

    function _deposit(address who, uint256 amount) internal {
        _fund(who, amount, address(escrow));
        vm.prank(who);
        escrow.deposit(op, who, amount);
    }

    function _authorization(address who, uint64 sequence, uint64 cumulativeMax) internal view returns (Authorization memory value) {
        value.operator = op;
        value.payer = who;
        value.signer = who;
        value.sequence = sequence;
        value.maxRatePerHour = uint64(10 * UNIT);
        value.maxTotal = cumulativeMax;
        value.cumulativeMax = cumulativeMax;
        value.expiry = uint64(block.timestamp + 365 days);
    }

    /// @dev Payer charged and held; one provider earned 99 % of it.
    function _books(uint64 charged, uint64 held) internal view returns (Books memory books) {
        books.payers = new IEscrow.PayerLeaf[](2);
        books.payers[0] = IEscrow.PayerLeaf(payer, charged, held, authorization.sequence, _digest(SignedTypes.hash(authorization)));
        books.payers[1] = IEscrow.PayerLeaf(other, 0, 0, 0, 0);
        books.fees = charged / 100;
        books.providers = new address[](1);
        books.providers[0] = node;
        books.earned = new uint64[](1);
        books.earned[0] = charged - books.fees;
        books.leases = new bytes32[](1);
        books.leases[0] = keccak256("lease");
        books.leaseCharges = new uint64[](1);
        books.leaseCharges[0] = charged;
    }

    function _root(Books memory books) internal pure returns (IEscrow.Root memory root) {
        SumNode memory payers = _payerNodes(books).root();
        SumNode memory earners = _providerNodes(books).root();
        root = IEscrow.Root({
            payers: payers.hash,
            providers: earners.hash,
            leases: _leaseNodes(books).root(),
            charged: Trees.amountOf(payers),
            held: Trees.heldOf(payers),
            earned: Trees.amountOf(earners),
            fees: books.fees,
            accounts: uint32(books.payers.length),
            providerCount: uint32(books.providers.length),
            leaseCount: uint32(books.leases.length)
        });
    }

    function _payerProof(Books memory books, uint256 index) internal pure returns (IEscrow.PayerProof memory) {
        return IEscrow.PayerProof(_root(books), books.payers[index], _payerNodes(books).path(index).packed());
    }

    function _providerProof(Books memory books, uint256 index) internal pure returns (IEscrow.ProviderProof memory) {
        return IEscrow.ProviderProof(_root(books), books.earned[index], uint32(index), _providerNodes(books).path(index).packed());
    }

    function _leaseProof(Books memory books, uint256 index) internal pure returns (ILeaseClaims.LeaseProof memory) {
        return ILeaseClaims.LeaseProof(_root(books), books.leaseCharges[index], uint32(index), _leaseNodes(books).path(index));
    }

    function _post(IEscrow.Root memory last, Books memory books) internal {
        vm.prank(op);
        escrow.postRoot(last, _root(books));
    }

    function _finalize(IEscrow.Root memory last, Books memory books) internal {
        _post(last, books);
        vm.warp(block.timestamp + WINDOW);
        escrow.finalizeRoot(op);
    }

    function _withdrawal(address who, uint64 cumulative) internal view returns (Withdrawal memory value, bytes memory signature) {
        value = Withdrawal(op, who, cumulative, uint64(block.timestamp + 1 hours));
        signature = _sign(opKey, SignedTypes.hash(value));
    }

    function _evidence(bytes32 lease, uint64 usedSeconds, uint64 charged) internal view returns (ILeaseClaims.LeaseEvidence memory value) {
        value.authorization = authorization;
        value.opening = Opening(lease, _digest(SignedTypes.hash(authorization)), node, 1, 0, uint64(10 * UNIT), 10_000, type(uint64).max);
        value.paidThrough = PaidThrough(lease, usedSeconds);
        value.receipt = Receipt(lease, usedSeconds, charged, 0, 0);
        return _signed(value);
    }

    function _signed(ILeaseClaims.LeaseEvidence memory value) internal view returns (ILeaseClaims.LeaseEvidence memory) {
        value.payerSignature = _sign(payerKey, SignedTypes.hash(value.authorization));
        value.openingSignature = _sign(opKey, SignedTypes.hash(value.opening));
        value.paidThroughSignature = _sign(opKey, SignedTypes.hash(value.paidThrough));
        value.receiptSignature = _sign(nodeKey, SignedTypes.hash(value.receipt));
        return value;
    }

    function _payerNodes(Books memory books) internal pure returns (SumNode[] memory nodes) {
        nodes = new SumNode[](books.payers.length);
        for (uint32 i = 0; i < nodes.length; ++i) {
            IEscrow.PayerLeaf memory leaf = books.payers[i];
            bytes32 hash = _twice(
                abi.encode(keccak256("grid.escrow.payer.v1"), i, leaf.payer, leaf.charged, leaf.held, leaf.sequence, leaf.authorization)
            );
            nodes[i] = Trees.nodeOf(hash, leaf.charged, leaf.held);
        }
    }

    function _providerNodes(Books memory books) internal pure returns (SumNode[] memory nodes) {
        nodes = new SumNode[](books.providers.length);
        for (uint32 i = 0; i < nodes.length; ++i) {
            nodes[i] = Trees.nodeOf(
                _twice(abi.encode(keccak256("grid.escrow.provider.v1"), i, books.providers[i], books.earned[i])), books.earned[i], 0
            );
        }
    }

    function _leaseNodes(Books memory books) private pure returns (bytes32[] memory nodes) {
        nodes = new bytes32[](books.leases.length);
        for (uint32 i = 0; i < nodes.length; ++i) {
            nodes[i] = _twice(abi.encode(keccak256("grid.escrow.lease.v1"), i, books.leases[i], books.leaseCharges[i]));
        }
    }

    function _twice(bytes memory fields) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(fields)));
    }
}
