// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice All amounts are micro-units; all figures of a root are cumulative since its operator's ledger began.
interface IEscrow {
    /// @param deposited Never falls. @param withdrawn What payers took out. @param leasePaid What claims by lease took.
    /// @param accounts How many payers ever deposited.
    struct Ledger {
        uint64 deposited;
        uint64 withdrawn;
        uint64 leasePaid;
        uint64 earnedPaid;
        uint64 feesPaid;
        uint48 lastPostedAt;
        uint48 abandonedAt;
        uint32 accounts;
    }

    /// @param number Counts from 1; 0 is nobody. Its leaf has the index number − 1.
    struct Account {
        uint64 deposited;
        uint64 withdrawn;
        uint64 leasePaid;
        uint32 number;
        uint32 openClaims;
        uint48 exitReadyAt;
        uint48 exitedAt;
    }

    /// @param payers Hash of the sum tree of payers; `charged` and `held` are its sums. @param providers Hash of the one of providers, sum `earned`.
    /// @param leases Root of the plain tree of (lease, charged).
    struct Root {
        bytes32 payers;
        bytes32 providers;
        bytes32 leases;
        uint64 charged;
        uint64 held;
        uint64 earned;
        uint64 fees;
        uint32 accounts;
        uint32 providerCount;
        uint32 leaseCount;
    }

    /// @notice The last root that an operator posted. It is overwritten, not cleared: that is what makes the next one cheap.
    /// @param credit New credit, locked in the operator's bond. @param open Neither final nor void.
    struct Pending {
        bytes32 commitment;
        uint64 credit;
        uint64 batch;
        uint48 postedAt;
        uint32 openChallenges;
        uint32 accounts;
        bool open;
    }

    struct Challenge {
        address challenger;
        uint48 answerBefore;
    }

    struct PayerLeaf {
        address payer;
        uint64 charged;
        uint64 held;
        uint64 sequence;
        bytes32 authorization;
    }

    /// @notice A payer's place under a root; `path` as `SumTree` reads it. Leaf and path are not looked at where his account is past the root's accounts.
    struct PayerProof {
        Root root;
        PayerLeaf leaf;
        bytes path;
    }

    /// @param index Of the leaf in the tree of providers. @param path As `SumTree` reads it.
    struct ProviderProof {
        Root root;
        uint64 earned;
        uint32 index;
        bytes path;
    }

    /// @param amount At most this is paid. @param cumulativeMax What the payer may be charged in all, by the authorization that covers the lease.
    struct ClaimPayment {
        address operator;
        address payer;
        address provider;
        uint256 amount;
        uint64 cumulativeMax;
        uint32 feePpm;
    }

    error WindowsTooShort();
    error OperatorNotActive(address operator);
    error OperatorAbandoned(address operator);
    error NotSilent(uint256 until);
    error RootPending(address operator);
    error NoRootPending(address operator);
    error WrongRoot(address operator, bytes32 expected);
    error RootFalls();
    error RootUnbalanced(uint256 charged, uint256 earned, uint256 fees);
    error RootExceedsDeposits(uint256 needed, uint256 there);
    error TooManyAccounts(uint256 accounts, uint256 known);
    error WindowClosed(uint256 since);
    error WindowOpen(uint256 until);
    error ChallengesOpen(uint256 count);
    error AlreadyChallenged(address operator, uint32 account);
    error NotChallenged(address operator, uint32 account);
    error BatchNotVoid(address operator, uint64 batch);
    error FeeNotReceived(uint256 expected, uint256 received);
    error BadProof();
    error BadLeaf(address payer);
    error NotCovered(uint256 needed, uint256 covered);
    error NotRefutations(address caller);
    error NothingToClaim();
    error NoAccount(address operator, address payer);
    error Overdrawn(uint256 asked, uint256 free);
    error SignatureExpired(uint256 expiry);
    error NoExit(address operator, address payer);
    error ExitRunning(uint256 readyAt);
    error NotReady(uint256 readyAt);
    error ClaimsOpen(uint256 count);
    error NotPayer(address caller);
    error NotLeaseClaims(address caller);
    error ClaimsClosed(uint256 since);
    error OperatorNotAbandoned(address operator);

    event Deposited(address indexed operator, address indexed payer, uint256 amount, uint32 account);
    event RootPosted(address indexed operator, uint64 indexed batch, Root root, uint256 disputableUntil);
    event RootFinalized(address indexed operator, uint64 indexed batch, bytes32 commitment);
    event RootVoided(address indexed operator, uint64 indexed batch, address indexed by, uint256 penalty);
    event Challenged(address indexed operator, uint64 indexed batch, uint32 account, address indexed challenger, uint256 answerBefore);
    event Answered(address indexed operator, uint64 indexed batch, uint32 account, PayerLeaf leaf);
    event Claimed(address indexed operator, address indexed provider, uint256 amount, uint256 cumulative);
    event FeesCollected(address indexed operator, uint256 burned, uint256 toRewards);
    event Withdrawn(address indexed operator, address indexed payer, uint256 amount, uint256 cumulative);
    event ExitRequested(address indexed operator, address indexed payer, uint256 readyAt);
    event Exited(address indexed operator, address indexed payer, uint256 amount);
    event Abandoned(address indexed operator);
    event MandateRevoked(address indexed payer, bytes32 indexed mandate);
    event MandateNonceRaised(address indexed payer, uint256 nonce);
    event ClaimPaid(address indexed operator, address indexed payer, address indexed provider, uint256 earned, uint256 fee);

    function finalRoot(address operator) external view returns (bytes32);
    function disputeWindow() external view returns (uint48);
    function pendingOf(address operator) external view returns (Pending memory);
    function accountOf(address operator, address payer) external view returns (Account memory);
    function voidRefuted(address operator, address by) external;
    function openClaim(address operator, address payer) external;
    function payClaim(ClaimPayment calldata payment, PayerProof calldata proof) external returns (uint256);
}
