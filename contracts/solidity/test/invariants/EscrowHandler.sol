// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEscrow} from "../../src/escrow/IEscrow.sol";
import {ILeaseClaims} from "../../src/escrow/ILeaseClaims.sol";
import {Authorization, Opening, PaidThrough, Receipt, SignedTypes, Withdrawal} from "../../src/signing/SignedTypes.sol";
import {EscrowWorld} from "../support/EscrowWorld.sol";

/// @notice One operator, three payers and two providers doing whatever they may, in any order. What may not fail must not revert.
contract EscrowHandler is EscrowWorld {
    uint256[3] private _payerKeys = [uint256(0xB1), 0xB2, 0xB3];
    address[2] private _nodes = [vm.addr(0xC1), vm.addr(0xC2)];
    uint256[2] private _nodeKeys = [uint256(0xC1), 0xC2];

    bytes private _finalBooks;
    bytes private _openBooks;
    bytes[3] private _authorizations;
    uint32[] private _unanswered;
    bytes32[] private _openLeases;
    uint256 private _leases;
    uint64 private _sequence;

    uint256 public paidToNodes;
    uint256 public paidToPayers;
    uint256 public exits;
    uint256 public voids;
    uint256 public leaseClaimsPaid;

    function deposit(uint256 who, uint256 amount) external {
        if (_abandoned()) return;
        _deposit(_payer(who), within(amount, 1, 1_000 * UNIT));
    }

    function post(uint256 seed) external {
        if (_abandoned() || escrow.pendingOf(op).open || !operators.isActive(op)) return;
        Books memory last = _load(_finalBooks);
        Books memory next = _nextBooks(last, seed);
        uint256 credit = _sum(next) - _sum(last);
        IEscrow.Root memory lastRoot = _finalBooks.length == 0 ? noRoot : _root(last);
        if (credit > operators.operatorOf(op).weight) return;
        _post(lastRoot, next);
        _openBooks = abi.encode(next);
    }

    function challenge(uint256 account) external {
        IEscrow.Pending memory pending = escrow.pendingOf(op);
        if (!pending.open || block.timestamp >= pending.postedAt + WINDOW) return;
        uint32 index = uint32(within(account, 0, pending.accounts - 1));
        if (escrow.challengeOf(op, pending.batch, index).challenger != address(0)) return;
        token.approve(address(escrow), CHALLENGE_FEE);
        escrow.challenge(op, index);
        _unanswered.push(index);
    }

    function answer() external {
        if (_unanswered.length == 0 || !escrow.pendingOf(op).open) return;
        uint32 index = _unanswered[_unanswered.length - 1];
        if (block.timestamp >= escrow.challengeOf(op, escrow.pendingOf(op).batch, index).answerBefore) return;
        _unanswered.pop();
        Authorization memory shown = abi.decode(_authorizations[_indexOf(_load(_openBooks).payers[index].payer)], (Authorization));
        bytes memory signature = _sign(_payerKeys[_indexOf(shown.payer)], SignedTypes.hash(shown));
        escrow.answer(op, index, _payerProof(_load(_openBooks), index), shown, signature);
    }

    /// @dev The open root's end: void if somebody got no answer, else final.
    function settle() external {
        IEscrow.Pending memory pending = escrow.pendingOf(op);
        if (!pending.open) return;
        vm.warp(block.timestamp + 2 * WINDOW);
        if (_unanswered.length == 0) {
            escrow.finalizeRoot(op);
            _finalBooks = _openBooks;
            return;
        }
        escrow.voidRoot(op, _unanswered[0]);
        for (uint256 i = 0; i < _unanswered.length; ++i) escrow.reclaimFee(op, pending.batch, _unanswered[i]);
        delete _unanswered;
        ++voids;
    }

    function claim(uint256 who) external {
        if (_finalBooks.length == 0) return;
        Books memory books = _load(_finalBooks);
        uint256 index = who % 2;
        uint256 due = books.earned[index] - escrow.earnedPaid(op, _nodes[index]);
        if (due == 0) return;
        escrow.claim(op, _nodes[index], _providerProof(books, index));
        paidToNodes += due;
        eq(escrow.earnedPaid(op, _nodes[index]), books.earned[index], "INV-CHAIN-03 nothing is claimed twice");
    }

    function collectFees() external {
        if (_finalBooks.length == 0) return;
        IEscrow.Root memory root = _root(_load(_finalBooks));
        if (root.fees > escrow.ledgerOf(op).feesPaid) escrow.collectFees(op, root);
    }

    function collect(uint256 who) external {
        address[4] memory all = [BURN, op, address(this), _nodes[who % 2]];
        if (escrow.owed(all[who % 4]) > 0) escrow.collect(all[who % 4]);
    }

    function withdraw(uint256 who, uint256 amount) external {
        address account = _payer(who);
        IEscrow.Account memory state = escrow.accountOf(op, account);
        uint256 owes = _owes(account, true);
        // An exit has paid out what an open root still holds.
        uint256 free = _balance(state) > owes ? _balance(state) - owes : 0;
        if (state.number == 0 || state.openClaims > 0 || free == 0) return;
        amount = within(amount, 1, free);
        (Withdrawal memory value, bytes memory signature) = _withdrawal(account, uint64(state.withdrawn + amount));
        (IEscrow.PayerProof memory closed, IEscrow.PayerProof memory open) = _proofs(account);
        vm.prank(account);
        escrow.withdraw(value, signature, closed, open);
        paidToPayers += amount;
    }

    function requestExit(uint256 who) external {
        IEscrow.Account memory state = escrow.accountOf(op, _payer(who));
        if (state.number == 0 || state.exitReadyAt != 0) return;
        vm.prank(_payer(who));
        escrow.requestExit(op);
    }

    /// @dev Nobody's help is needed: it must work whatever the operator did, and pay all that no root has charged.
    function completeExit(uint256 who) external {
        address account = _payer(who);
        IEscrow.Account memory state = escrow.accountOf(op, account);
        if (state.exitReadyAt == 0 || state.openClaims > 0) return;
        if (block.timestamp < state.exitReadyAt) vm.warp(state.exitReadyAt);
        uint256 due = _balance(state) - _owes(account, false);
        uint256 before = token.balanceOf(account);
        (IEscrow.PayerProof memory closed, IEscrow.PayerProof memory open) = _proofs(account);
        vm.prank(account);
        escrow.completeExit(op, closed, open);
        eq(token.balanceOf(account) - before, due, "INV-CHAIN-02 an exit pays all that is not charged");
        paidToPayers += due;
        ++exits;
    }

    function abandon(uint256 seed) external {
        if (seed % 6 != 0 || _abandoned() || escrow.pendingOf(op).open || escrow.ledgerOf(op).lastPostedAt == 0) return;
        uint256 since = uint256(escrow.ledgerOf(op).lastPostedAt) + SILENCE + 1;
        if (block.timestamp < since) vm.warp(since);
        escrow.abandon(op);
    }

    function claimByLease(uint256 who, uint256 nodeIndex, uint32 usedSeconds) external {
        IEscrow.Account memory state = escrow.accountOf(op, _payer(who));
        if (!_abandoned() || state.number == 0 || (state.exitReadyAt != 0 && block.timestamp >= state.exitReadyAt)) return;
        bytes32 lease = keccak256(abi.encode(++_leases));
        Authorization memory value = _authorization(_payer(who), ++_sequence, uint64(2_000 * UNIT));
        ILeaseClaims.LeaseEvidence memory evidence;
        evidence.authorization = value;
        evidence.opening =
            Opening(lease, _digest(SignedTypes.hash(value)), _nodes[nodeIndex % 2], 1, 0, uint64(10 * UNIT), 10_000, type(uint64).max);
        evidence.paidThrough = PaidThrough(lease, usedSeconds);
        evidence.receipt = Receipt(lease, usedSeconds, type(uint64).max, 0, 0);
        evidence.payerSignature = _sign(_payerKeys[who % 3], SignedTypes.hash(value));
        evidence.openingSignature = _sign(opKey, SignedTypes.hash(evidence.opening));
        evidence.paidThroughSignature = _sign(opKey, SignedTypes.hash(evidence.paidThrough));
        evidence.receiptSignature = _sign(_nodeKeys[nodeIndex % 2], SignedTypes.hash(evidence.receipt));
        claims.claimByLease(evidence);
        _openLeases.push(lease);
    }

    function payClaim() external {
        if (_openLeases.length == 0) return;
        bytes32 lease = _openLeases[_openLeases.length - 1];
        _openLeases.pop();
        ILeaseClaims.Claim memory state = claims.claimOf(lease);
        if (block.timestamp < state.answerBefore) vm.warp(state.answerBefore);
        (IEscrow.PayerProof memory proof,) = _proofs(state.payer);
        claims.payClaim(lease, proof);
        ++leaseClaimsPaid;
    }

    /// @return What the Escrow holds, and what its books say that it holds.
    function assets() external view returns (uint256, uint256) {
        IEscrow.Ledger memory ledger = escrow.ledgerOf(op);
        uint256 pool = uint256(ledger.deposited) - ledger.withdrawn - ledger.leasePaid - ledger.earnedPaid - ledger.feesPaid;
        uint256 waiting = escrow.owed(BURN) + escrow.owed(op) + escrow.owed(address(this)) + escrow.owed(_nodes[0]) + escrow.owed(_nodes[1]);
        return (token.balanceOf(address(escrow)), pool + waiting + uint256(CHALLENGE_FEE) * _unanswered.length);
    }

    /// @return What the pool has, and what the final root still owes to providers and fees.
    function promises() external view returns (uint256, uint256) {
        IEscrow.Ledger memory ledger = escrow.ledgerOf(op);
        uint256 pool = uint256(ledger.deposited) - ledger.withdrawn - ledger.leasePaid - ledger.earnedPaid - ledger.feesPaid;
        if (_finalBooks.length == 0) return (pool, 0);
        return (pool, _sum(_load(_finalBooks)) - ledger.earnedPaid - ledger.feesPaid);
    }

    function bonds() external view returns (uint256 credit, uint256 locked, uint256 bond) {
        IEscrow.Pending memory pending = escrow.pendingOf(op);
        return (pending.open ? pending.credit : 0, operators.operatorOf(op).locked, operators.operatorOf(op).bond);
    }

    function _nextBooks(Books memory last, uint256 seed) private returns (Books memory next) {
        uint32 count = escrow.ledgerOf(op).accounts;
        next.payers = new IEscrow.PayerLeaf[](count);
        uint64 charged;
        for (uint256 i = 0; i < 3; ++i) {
            address account = _payer(i);
            IEscrow.Account memory state = escrow.accountOf(op, account);
            if (state.number == 0) continue;
            uint64 before = state.number <= last.payers.length ? last.payers[state.number - 1].charged : 0;
            uint256 free = _balance(state) - before;
            uint64 more = uint64(uint256(keccak256(abi.encode(seed, i))) % (free / 2 + 1));
            // No honest operator holds against a payer who is leaving.
            uint64 held = state.exitReadyAt != 0 ? 0 : uint64(uint256(keccak256(abi.encode(seed, i, "held"))) % (free - more + 1));
            Authorization memory value = _authorization(account, ++_sequence, before + more + held);
            _authorizations[i] = abi.encode(value);
            next.payers[state.number - 1] =
                IEscrow.PayerLeaf(account, before + more, held, value.sequence, _digest(SignedTypes.hash(value)));
            charged += before + more;
        }
        next.fees = charged / 100;
        next.providers = new address[](2);
        (next.providers[0], next.providers[1]) = (_nodes[0], _nodes[1]);
        next.earned = new uint64[](2);
        next.earned[0] = last.earned[0] + uint64(seed % (charged - next.fees - last.earned[0] - last.earned[1] + 1));
        next.earned[1] = charged - next.fees - next.earned[0];
        next.leases = new bytes32[](1);
        next.leases[0] = keccak256("lease");
        next.leaseCharges = new uint64[](1);
    }

    function _owes(address account, bool withHolds) private view returns (uint256 most) {
        uint32 number = escrow.accountOf(op, account).number;
        bytes[2] memory standing = [_finalBooks, escrow.pendingOf(op).open ? _openBooks : bytes("")];
        for (uint256 i = 0; i < 2; ++i) {
            Books memory books = _load(standing[i]);
            if (number == 0 || number > books.payers.length) continue;
            IEscrow.PayerLeaf memory leaf = books.payers[number - 1];
            uint256 owed = uint256(leaf.charged) + (withHolds ? leaf.held : 0);
            if (owed > most) most = owed;
        }
    }

    function _proofs(address account) private view returns (IEscrow.PayerProof memory closed, IEscrow.PayerProof memory open) {
        if (_finalBooks.length > 0) closed = _proofIn(_load(_finalBooks), account);
        if (escrow.pendingOf(op).open) open = _proofIn(_load(_openBooks), account);
    }

    function _proofIn(Books memory books, address account) private view returns (IEscrow.PayerProof memory proof) {
        uint32 number = escrow.accountOf(op, account).number;
        if (number <= books.payers.length) return _payerProof(books, number - 1);
        proof.root = _root(books);
    }

    function _load(bytes memory stored) private pure returns (Books memory books) {
        if (stored.length > 0) return abi.decode(stored, (Books));
        books.earned = new uint64[](2);
    }

    function _sum(Books memory books) private pure returns (uint256 charged) {
        for (uint256 i = 0; i < books.payers.length; ++i) charged += books.payers[i].charged;
    }

    function _balance(IEscrow.Account memory state) private pure returns (uint256) {
        return state.deposited - state.withdrawn - state.leasePaid;
    }

    function _abandoned() private view returns (bool) {
        return escrow.ledgerOf(op).abandonedAt != 0;
    }

    function _payer(uint256 who) private view returns (address) {
        return vm.addr(_payerKeys[who % 3]);
    }

    function _indexOf(address account) private view returns (uint256) {
        return account == _payer(0) ? 0 : account == _payer(1) ? 1 : 2;
    }
}
