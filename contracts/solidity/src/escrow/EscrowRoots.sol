// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Payouts} from "../payouts/Payouts.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {Authorization, SignedTypes} from "../signing/SignedTypes.sol";
import {EscrowDebts} from "./EscrowDebts.sol";
import {RootProofs} from "./RootProofs.sol";

/// @notice An operator's roots: post, challenge, answer, refute, finalize.
abstract contract EscrowRoots is EscrowDebts, Payouts, GridDomain {
    using RootProofs for Root;
    using RootProofs for PayerProof;

    /// @notice One root may be open at a time. `last` is the final one before it (all zero at first).
    function postRoot(Root calldata last, Root calldata next) external nonReentrant {
        Ledger storage ledger = _ledgers[msg.sender];
        require(ledger.abandonedAt == 0, OperatorAbandoned(msg.sender));
        require(!_pending[msg.sender].open, RootPending(msg.sender));
        _requireRoot(msg.sender, last, finalRoot[msg.sender]);
        _requireAcceptable(ledger, last, next);

        uint64 credit = next.charged - last.charged;
        uint64 batch = _pending[msg.sender].batch + 1;
        ledger.lastPostedAt = uint48(block.timestamp);
        _pending[msg.sender] = Pending(next.commitmentOf(), credit, batch, uint48(block.timestamp), 0, next.accounts, true);
        emit RootPosted(msg.sender, batch, next, block.timestamp + disputeWindow);
        require(operators.isActive(msg.sender), OperatorNotActive(msg.sender));
        operators.lock(msg.sender, credit);
    }

    /// @notice Asks the operator to show an account's leaf and what covers it. The fee is the operator's if it can.
    function challenge(address operator, uint32 account) external nonReentrant {
        Pending storage pending = _open(operator);
        require(block.timestamp < pending.postedAt + disputeWindow, WindowClosed(pending.postedAt + disputeWindow));
        require(account < pending.accounts, TooManyAccounts(uint256(account) + 1, pending.accounts));
        Challenge storage state = _challenges[operator][pending.batch][account];
        require(state.challenger == address(0), AlreadyChallenged(operator, account));
        state.challenger = msg.sender;
        state.answerBefore = uint48(block.timestamp) + disputeWindow;
        ++pending.openChallenges;
        emit Challenged(operator, pending.batch, account, msg.sender, state.answerBefore);
        uint256 received = _pull(challengeFee);
        require(received == challengeFee, FeeNotReceived(challengeFee, received));
    }

    /// @param account The leaf's index: the payer's number − 1. @param authorization Not looked at where nothing is charged or held.
    function answer(
        address operator,
        uint32 account,
        PayerProof calldata proof,
        Authorization calldata authorization,
        bytes calldata signature
    ) external {
        Pending storage pending = _open(operator);
        Challenge storage state = _challenges[operator][pending.batch][account];
        require(state.answerBefore != 0, NotChallenged(operator, account));
        require(block.timestamp < state.answerBefore, WindowClosed(state.answerBefore));
        _requireRoot(operator, proof.root, pending.commitment);
        require(proof.hasPayer(account), BadProof());
        _requireCovered(operator, account, proof.leaf, authorization, signature);

        state.answerBefore = 0;
        --pending.openChallenges;
        emit Answered(operator, pending.batch, account, proof.leaf);
        _owe(operator, challengeFee);
    }

    /// @notice Nobody answered: the root is void and the bond pays.
    function voidRoot(address operator, uint32 account) external {
        Pending storage pending = _open(operator);
        Challenge storage state = _challenges[operator][pending.batch][account];
        require(state.answerBefore != 0, NotChallenged(operator, account));
        require(block.timestamp >= state.answerBefore, WindowOpen(state.answerBefore));
        _void(operator, state.challenger);
    }

    /// @notice The root was refuted by the operator's own signature.
    function voidRefuted(address operator, address by) external {
        require(msg.sender == refutations, NotRefutations(msg.sender));
        _open(operator);
        _void(operator, by);
    }

    /// @notice A challenger whose challenge was overtaken by the root's end gets his fee back.
    function reclaimFee(address operator, uint64 batch, uint32 account) external {
        require(_voided[operator][batch], BatchNotVoid(operator, batch));
        Challenge storage state = _challenges[operator][batch][account];
        require(state.answerBefore != 0, NotChallenged(operator, account));
        state.answerBefore = 0;
        _owe(state.challenger, challengeFee);
    }

    function finalizeRoot(address operator) external {
        Pending memory pending = _open(operator);
        require(block.timestamp >= pending.postedAt + disputeWindow, WindowOpen(pending.postedAt + disputeWindow));
        require(pending.openChallenges == 0, ChallengesOpen(pending.openChallenges));
        finalRoot[operator] = pending.commitment;
        _pending[operator].open = false;
        emit RootFinalized(operator, pending.batch, pending.commitment);
        operators.unlock(operator, pending.credit);
    }

    function _open(address operator) internal view returns (Pending storage pending) {
        pending = _pending[operator];
        require(pending.open, NoRootPending(operator));
    }

    function _void(address operator, address by) private {
        Pending memory pending = _pending[operator];
        _pending[operator].open = false;
        _voided[operator][pending.batch] = true;
        operators.unlock(operator, pending.credit);
        uint256 penalty = operators.slash(operator, uint256(pending.credit) + voidPenalty, by);
        emit RootVoided(operator, pending.batch, by, penalty);
    }

    function _requireAcceptable(Ledger memory ledger, Root calldata last, Root calldata next) private pure {
        require(
            next.charged >= last.charged && next.earned >= last.earned && next.fees >= last.fees && next.accounts >= last.accounts
                && next.accounts > 0,
            RootFalls()
        );
        require(next.charged == uint256(next.earned) + next.fees, RootUnbalanced(next.charged, next.earned, next.fees));
        require(next.accounts <= ledger.accounts, TooManyAccounts(next.accounts, ledger.accounts));
        uint256 needed = uint256(next.charged) + next.held;
        require(needed <= _balance(ledger), RootExceedsDeposits(needed, _balance(ledger)));
    }

    function _requireCovered(
        address operator,
        uint32 account,
        PayerLeaf calldata leaf,
        Authorization calldata authorization,
        bytes calldata signature
    ) private view {
        Account memory known = _accounts[operator][leaf.payer];
        require(known.number == account + 1, BadLeaf(leaf.payer));
        uint256 needed = uint256(leaf.charged) + leaf.held;
        // An exit pays out holds too: that must not turn an honest root that was open then into a false one.
        uint256 kept = known.exitedAt >= _pending[operator].postedAt ? leaf.charged : needed;
        require(kept <= _balance(known), NotCovered(kept, _balance(known)));
        if (needed == 0) return;
        bytes32 structHash = SignedTypes.hash(authorization);
        require(
            authorization.operator == operator && authorization.payer == leaf.payer && authorization.sequence == leaf.sequence
                && leaf.authorization == _digest(structHash),
            BadLeaf(leaf.payer)
        );
        require(needed <= authorization.cumulativeMax, NotCovered(needed, authorization.cumulativeMax));
        _requireSignedBy(leaf.payer, structHash, signature);
    }
}
