// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOperatorRegistry} from "../operators/IOperatorRegistry.sol";
import {IGridParameters} from "../parameters/IGridParameters.sol";
import {Keys, Roles} from "../parameters/Keys.sol";
import {Payouts} from "../payouts/Payouts.sol";
import {IProviderRegistry} from "../providers/IProviderRegistry.sol";
import {GridDomain} from "../signing/GridDomain.sol";
import {Fault, Seen, SignedTypes} from "../signing/SignedTypes.sol";
import {Votes} from "../signing/Votes.sol";
import {ISlashingCourt} from "./ISlashingCourt.sol";

interface ICollectable {
    function collect(address account) external;
}

/// @notice Evidence, proposal, appeal, execution: `docs/protocol/slashing.md`.
contract SlashingCourt is ISlashingCourt, Payouts, Votes {
    using SafeCast for uint256;

    uint8 public constant DOWNTIME = 1;
    /// @dev Whatever the parameters say, a fifth of every slash burns.
    uint256 public constant MAX_PAID_OUT_PPM = 800_000;
    uint256 private constant SECONDS_PER_HOUR = 3600;

    IProviderRegistry public immutable providers;
    IGridParameters public immutable parameters;
    uint256 public immutable reportWindow;
    uint256 public immutable appealWindow;

    mapping(bytes32 id => Case) private _cases;
    /// @notice Up to when a fault of that kind in that lease has been put forward.
    mapping(uint8 kind => mapping(address provider => mapping(bytes32 lease => uint64 until))) public proposedUntil;

    constructor(
        IERC20 token_,
        address escrow,
        IOperatorRegistry operators_,
        IProviderRegistry providers_,
        IGridParameters parameters_,
        uint256 reportWindow_,
        uint256 appealWindow_
    ) Payouts(token_) GridDomain(escrow) Votes(operators_) {
        uint256 unbondingDelay = providers_.unbondingDelay();
        require(
            appealWindow_ > 0 && unbondingDelay >= reportWindow_ + appealWindow_,
            UnbondingTooShort(unbondingDelay, reportWindow_ + appealWindow_)
        );
        providers = providers_;
        parameters = parameters_;
        reportWindow = reportWindow_;
        appealWindow = appealWindow_;
    }

    /// @notice Puts a fault forward that a quorum of operators signed, and holds the stake that it may cost.
    function propose(Fault calldata fault, bytes[] calldata signatures) external returns (bytes32 id) {
        require(fault.from < fault.to && fault.to <= block.timestamp, BadInterval(fault.from, fault.to));
        require(block.timestamp <= fault.to + reportWindow, TooOld(fault.to + reportWindow));
        uint64 until = proposedUntil[fault.kind][fault.provider][fault.lease];
        require(fault.from >= until, Overlaps(fault.lease, until));
        id = SignedTypes.hash(fault);
        _requireQuorum(id, signatures);

        proposedUntil[fault.kind][fault.provider][fault.lease] = fault.to;
        Case storage state = _cases[id];
        (state.amount, state.reporterPpm, state.compensationPpm) = _terms(fault);
        state.provider = fault.provider;
        state.decidedAt = (block.timestamp + appealWindow).toUint48();
        state.kind = fault.kind;
        state.state = State.Proposed;
        state.tenant = fault.tenant;
        state.reporter = fault.reporter;
        state.paid = fault.paid;
        state.from = fault.from;
        state.to = fault.to;
        emit Proposed(id, fault.provider, fault.lease, fault.kind, state.amount, state.decidedAt);
        providers.hold(fault.provider, state.amount);
    }

    /// @notice Operators with more than a third of the weight had signed that they saw the provider in the interval: dismissed, by arithmetic.
    function appeal(bytes32 id, SeenReceipt[] calldata receipts) external {
        Case storage state = _undecided(id);
        require(state.kind == DOWNTIME, NotAppealable(state.kind));
        require(receipts.length <= MAX_SIGNATURES, TooManySignatures(receipts.length, MAX_SIGNATURES));
        address[] memory signers = new address[](receipts.length);
        for (uint256 i = 0; i < receipts.length; ++i) {
            uint64 seenAt = receipts[i].seenAt;
            require(seenAt >= state.from && seenAt < state.to, NotSeen(seenAt));
            signers[i] = _signerOf(SignedTypes.hash(Seen(state.provider, seenAt)), receipts[i].signature);
            _requireAscending(i == 0 ? address(0) : signers[i - 1], signers[i]);
        }
        (uint256 weight, uint256 total) = operators.weigh(signers);
        require(weight * 3 > total, NotEnoughSeen(weight, total));
        _dismiss(id, state);
    }

    /// @notice Decides a case that no contract can. Downtime is not the arbiter's to decide.
    function rule(bytes32 id, bool upheld) external {
        require(parameters.hasRole(Roles.ARBITER, msg.sender), NotArbiter(msg.sender));
        Case storage state = _undecided(id);
        require(state.kind != DOWNTIME, NotAppealable(state.kind));
        if (!upheld) return _dismiss(id, state);
        state.state = State.Upheld;
        emit Upheld(id, state.provider);
    }

    /// @notice What must happen once the window is over: upheld cases and undisputed downtime are slashed, all else is dismissed.
    function execute(bytes32 id) external nonReentrant {
        Case storage state = _cases[id];
        require(state.state == State.Proposed || state.state == State.Upheld, NotProposed(id));
        require(block.timestamp >= state.decidedAt, WindowOpen(state.decidedAt));
        if (state.state == State.Proposed && state.kind != DOWNTIME) return _dismiss(id, state);
        state.state = State.Executed;

        uint256 amount = state.amount;
        uint256 compensation = Math.min(state.paid, amount * state.compensationPpm / PPM);
        uint256 reward = amount * state.reporterPpm / PPM;
        emit Executed(id, state.provider, compensation, reward, amount - compensation - reward);
        _owe(state.tenant, compensation);
        _owe(state.reporter, reward);
        _owe(BURN, amount - compensation - reward);
        providers.slash(state.provider, amount);
        ICollectable(address(providers)).collect(address(this));
    }

    function caseOf(bytes32 id) external view returns (Case memory) {
        return _cases[id];
    }

    function _undecided(bytes32 id) private view returns (Case storage state) {
        state = _cases[id];
        require(state.state == State.Proposed, NotProposed(id));
        require(block.timestamp < state.decidedAt, WindowClosed(state.decidedAt));
    }

    function _dismiss(bytes32 id, Case storage state) private {
        state.state = State.Dismissed;
        emit Dismissed(id, state.provider);
        providers.release(state.provider, state.amount);
    }

    /// @dev Rounded up, at most what the parameters allow of the stake, and at most what no other case holds.
    function _terms(Fault calldata fault) private view returns (uint128 amount, uint32 reporterPpm, uint32 compensationPpm) {
        uint256 rate = parameters.get(Keys.slashPpmPerHour(fault.kind));
        require(rate > 0, UnknownKind(fault.kind));
        uint256 staked = providers.stakeOf(fault.provider);
        uint256 bySchedule = Math.ceilDiv(staked * rate * (fault.to - fault.from), SECONDS_PER_HOUR * PPM);
        uint256 byCap = Math.ceilDiv(staked * parameters.get(Keys.MAX_SLASH_PPM), PPM);
        uint256 free = staked - providers.providerOf(fault.provider).held;
        amount = Math.min(Math.min(bySchedule, byCap), free).toUint128();
        require(amount > 0, NothingToSlash(fault.provider));
        reporterPpm = Math.min(parameters.get(Keys.REPORTER_PPM), MAX_PAID_OUT_PPM).toUint32();
        compensationPpm = Math.min(parameters.get(Keys.COMPENSATION_PPM), MAX_PAID_OUT_PPM - reporterPpm).toUint32();
    }
}
