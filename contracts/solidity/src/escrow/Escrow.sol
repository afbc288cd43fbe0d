// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Keys} from "../parameters/Keys.sol";
import {Payouts} from "../payouts/Payouts.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {SignedTypes, Withdrawal} from "../signing/SignedTypes.sol";
import {EscrowRoots} from "./EscrowRoots.sol";
import {EscrowStorage} from "./EscrowStorage.sol";
import {RootProofs} from "./RootProofs.sol";

/// @title Escrow
/// @notice Deposits per (payer, operator), an operator's roots, and the ways out. No owner, no pause, no upgrade: `docs/protocol/escrow.md`.
contract Escrow is EscrowRoots {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;
    using RootProofs for ProviderProof;

    modifier onlyLeaseClaims() {
        require(msg.sender == leaseClaims, NotLeaseClaims(msg.sender));
        _;
    }

    constructor(Settings memory settings) EscrowStorage(settings) Payouts(settings.token) GridDomain(address(this)) {}

    function deposit(address operator, address payer, uint256 amount) external nonReentrant {
        Ledger storage ledger = _ledgers[operator];
        require(ledger.abandonedAt == 0, OperatorAbandoned(operator));
        require(operators.isActive(operator), OperatorNotActive(operator));
        uint64 received = _pull(amount).toUint64();

        Account storage account = _accounts[operator][payer];
        if (account.number == 0) account.number = ++ledger.accounts;
        if (ledger.lastPostedAt == 0) ledger.lastPostedAt = uint48(block.timestamp);
        account.deposited += received;
        ledger.deposited += received;
        emit Deposited(operator, payer, received, account.number - 1);
    }

    /// @notice Pays a provider what the final root says that it has earned and it has not been paid.
    function claim(address operator, address provider, ProviderProof calldata proof) external nonReentrant {
        _requireRoot(operator, proof.root, finalRoot[operator]);
        require(proof.hasProvider(provider), BadProof());
        mapping(address => uint256) storage paid = earnedPaid[operator];
        uint256 before = paid[provider];
        uint256 cumulative = proof.earned;
        require(cumulative > before, NothingToClaim());
        uint256 amount = cumulative - before;
        Ledger storage ledger = _ledgers[operator];
        // An operator can place one provider in two leaves; both together never exceed what its root has earned.
        uint256 total = ledger.earnedPaid + amount;
        require(total <= proof.root.earned, NothingToClaim());
        // casting to 'uint64' is safe because the total is at most a uint64
        // forge-lint: disable-next-line(unsafe-typecast)
        ledger.earnedPaid = uint64(total);
        paid[provider] = cumulative;
        emit Claimed(operator, provider, amount, cumulative);
        token.safeTransfer(provider, amount);
    }

    /// @notice Burns the governed part of the fees, rounded up, and sends the rest to the rewards.
    function collectFees(address operator, Root calldata root) external nonReentrant {
        _requireRoot(operator, root, finalRoot[operator]);
        Ledger storage ledger = _ledgers[operator];
        require(root.fees > ledger.feesPaid, NothingToClaim());
        uint256 amount = root.fees - ledger.feesPaid;
        ledger.feesPaid = root.fees;
        uint256 burned = Math.mulDiv(amount, parameters.get(Keys.FEE_BURN_PPM), PPM, Math.Rounding.Ceil);
        emit FeesCollected(operator, burned, amount - burned);
        _owe(BURN, burned);
        _owe(rewards, amount - burned);
    }

    /// @notice Takes out what no root needs, at once, with the operator's signature over the cumulative figure.
    /// @param final_ The caller's place under the final root. @param pending The one under the open root; ignored where none is open.
    function withdraw(
        Withdrawal calldata withdrawal,
        bytes calldata signature,
        PayerProof calldata final_,
        PayerProof calldata pending
    ) external nonReentrant {
        address operator = withdrawal.operator;
        require(msg.sender == withdrawal.payer, NotPayer(msg.sender));
        require(block.timestamp < withdrawal.expiry, SignatureExpired(withdrawal.expiry));
        _requireSignedBy(operator, SignedTypes.hash(withdrawal), signature);
        Account storage account = _accounts[operator][msg.sender];
        require(withdrawal.withdrawn > account.withdrawn, NothingToClaim());
        require(account.openClaims == 0, ClaimsOpen(account.openClaims));
        uint64 amount = withdrawal.withdrawn - account.withdrawn;
        (uint256 free,) = _free(operator, msg.sender, final_, pending);
        require(amount <= free, Overdrawn(amount, free));

        _takeOut(operator, account, amount);
        emit Withdrawn(operator, msg.sender, amount, account.withdrawn);
        token.safeTransfer(msg.sender, amount);
    }

    /// @notice Starts the exit that needs nobody's help. The operator has until then to close and settle the payer's leases.
    function requestExit(address operator) external {
        Account storage account = _accounts[operator][msg.sender];
        require(account.number != 0, NoAccount(operator, msg.sender));
        require(account.exitReadyAt == 0, ExitRunning(account.exitReadyAt));
        account.exitReadyAt = uint48(block.timestamp) + exitDelay;
        emit ExitRequested(operator, msg.sender, account.exitReadyAt);
    }

    /// @notice Pays the caller all that no root has charged. Where an unchallenged false root has emptied the pool, what is there; the rest by another exit.
    function completeExit(address operator, PayerProof calldata final_, PayerProof calldata pending) external nonReentrant {
        Account storage account = _accounts[operator][msg.sender];
        require(account.exitReadyAt != 0, NoExit(operator, msg.sender));
        require(block.timestamp >= account.exitReadyAt, NotReady(account.exitReadyAt));
        require(account.openClaims == 0, ClaimsOpen(account.openClaims));
        (, uint256 uncharged) = _free(operator, msg.sender, final_, pending);
        uint64 amount = uncharged.toUint64();

        account.exitReadyAt = 0;
        account.exitedAt = uint48(block.timestamp);
        _takeOut(operator, account, amount);
        emit Exited(operator, msg.sender, amount);
        if (amount > 0) token.safeTransfer(msg.sender, amount);
    }

    /// @notice An operator that posts nothing for `silence` is given up, for ever; claims by lease open.
    function abandon(address operator) external {
        Ledger storage ledger = _ledgers[operator];
        require(ledger.abandonedAt == 0, OperatorAbandoned(operator));
        require(!_pending[operator].open, RootPending(operator));
        uint256 until = uint256(ledger.lastPostedAt) + silence;
        require(ledger.lastPostedAt != 0 && block.timestamp > until, NotSilent(until));
        ledger.abandonedAt = uint48(block.timestamp);
        emit Abandoned(operator);
    }

    /// @notice A claim by lease keeps its payer from leaving until it is paid. An exit that is due closes the door.
    function openClaim(address operator, address payer) external onlyLeaseClaims {
        Account storage account = _accounts[operator][payer];
        require(_ledgers[operator].abandonedAt != 0, OperatorNotAbandoned(operator));
        require(account.number != 0, NoAccount(operator, payer));
        require(account.exitReadyAt == 0 || block.timestamp < account.exitReadyAt, ClaimsClosed(account.exitReadyAt));
        ++account.openClaims;
    }

    /// @notice Owes the provider what the payer can still be charged: never more than his own balance, his authorization, or what the pool has room for.
    function payClaim(ClaimPayment calldata payment, PayerProof calldata proof) external onlyLeaseClaims returns (uint256 amount) {
        Ledger storage ledger = _ledgers[payment.operator];
        Account storage account = _accounts[payment.operator][payment.payer];
        --account.openClaims;
        Debt memory owes = _owedUnder(payment.operator, payment.payer, finalRoot[payment.operator], proof);
        amount = Math.min(payment.amount, Math.saturatingSub(_balance(account), owes.charged));
        amount = Math.min(amount, Math.saturatingSub(payment.cumulativeMax, uint256(owes.charged) + account.leasePaid));
        amount = Math.min(amount, _room(ledger, owes.total));
        account.leasePaid += amount.toUint64();
        ledger.leasePaid += amount.toUint64();
        uint256 fee = Math.min(amount, Math.mulDiv(amount, payment.feePpm, PPM, Math.Rounding.Ceil));
        emit ClaimPaid(payment.operator, payment.payer, payment.provider, amount - fee, fee);
        _owe(payment.provider, amount - fee);
        _owe(BURN, fee);
    }

    function revokeMandate(bytes32 mandate) external {
        mandateRevoked[msg.sender][mandate] = true;
        emit MandateRevoked(msg.sender, mandate);
    }

    /// @notice Voids every mandate that names a lower nonce.
    function raiseMandateNonce() external {
        emit MandateNonceRaised(msg.sender, ++mandateNonce[msg.sender]);
    }

    /// @return free What may leave while the operator lives. @return uncharged What is left when holds no longer count.
    function _free(address operator, address payer, PayerProof calldata final_, PayerProof calldata pending)
        private
        view
        returns (uint256 free, uint256 uncharged)
    {
        Debt memory closed = _owedUnder(operator, payer, finalRoot[operator], final_);
        Debt memory open = _owedUnder(operator, payer, _openRoot(operator), pending);
        uint256 balance = _balance(_accounts[operator][payer]);
        uint256 room = _room(_ledgers[operator], Math.max(closed.total, open.total));
        uint256 bound = Math.max(uint256(closed.charged) + closed.held, uint256(open.charged) + open.held);
        free = Math.min(Math.saturatingSub(balance, bound), room);
        uncharged = Math.min(Math.saturatingSub(balance, Math.max(closed.charged, open.charged)), room);
    }

    function _takeOut(address operator, Account storage account, uint64 amount) private {
        account.withdrawn += amount;
        _ledgers[operator].withdrawn += amount;
    }
}
