// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface ISlashingCourt {
    enum State {
        None,
        Proposed,
        Upheld,
        Dismissed,
        Executed
    }

    /// @param decidedAt When the appeal window ends. @param amount Held of the stake. Shares are those of the proposal's time.
    struct Case {
        address provider;
        uint48 decidedAt;
        uint8 kind;
        State state;
        address tenant;
        address reporter;
        uint128 amount;
        uint64 paid;
        uint32 compensationPpm;
        uint32 reporterPpm;
        uint64 from;
        uint64 to;
    }

    struct SeenReceipt {
        uint64 seenAt;
        bytes signature;
    }

    error UnbondingTooShort(uint256 delay, uint256 needed);
    error BadInterval(uint64 from, uint64 to);
    error TooOld(uint256 since);
    error Overlaps(bytes32 lease, uint64 until);
    error UnknownKind(uint8 kind);
    error NothingToSlash(address provider);
    error NotProposed(bytes32 id);
    error NotAppealable(uint8 kind);
    error WindowClosed(uint256 since);
    error WindowOpen(uint256 until);
    error NotSeen(uint64 seenAt);
    error NotEnoughSeen(uint256 weight, uint256 total);
    error NotArbiter(address caller);

    event Proposed(bytes32 indexed id, address indexed provider, bytes32 indexed lease, uint8 kind, uint256 amount, uint256 decidedAt);
    event Dismissed(bytes32 indexed id, address indexed provider);
    event Upheld(bytes32 indexed id, address indexed provider);
    event Executed(bytes32 indexed id, address indexed provider, uint256 compensation, uint256 reward, uint256 burned);
}
