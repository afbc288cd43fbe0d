// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GridDomain} from "../../src/signing/GridDomain.sol";
import {
    Authorization, Close, Opening, OwnerConsent, PaidThrough, Receipt, SignedTypes
} from "../../src/signing/SignedTypes.sol";
import {Test} from "../support/Test.sol";

contract Reader is GridDomain {
    constructor(address escrow) GridDomain(escrow) {}

    function digest(bytes32 structHash) external view returns (bytes32) {
        return _digest(structHash);
    }

    function signer(bytes32 structHash, bytes calldata signature) external view returns (address) {
        return _signerOf(structHash, signature);
    }

    function requireSigned(address expected, bytes32 structHash, bytes calldata signature) external view {
        _requireSignedBy(expected, structHash, signature);
    }
}

/// @notice The same digests as `tests/Protocol.Tests/Vectors/golden-vectors.json`: both sides sign the same bytes.
contract SignedTypesTest is Test {
    address private constant OPERATOR = 0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf;
    address private constant NODE = 0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF;
    address private constant TENANT = 0x6813Eb9362372EEF6200f3b1dbC3f819671cBA69;
    address private constant OWNER = 0x1efF47bc3a10a45D4B230B5d10E37751FE6AA718;
    uint64 private constant EXPIRY = 1_800_000_000;
    bytes32 private constant LEASE = bytes32(uint256(0x1111111111111111111111111111111111111111111111111111111111111111));

    Reader private reader;

    function setUp() public {
        vm.chainId(31337);
        reader = new Reader(0xE5e5E5E5e5e5E5E5E5E5e5E5e5e5e5E5e5e5e5e5);
    }

    function test_Authorization() external view {
        Authorization memory value = Authorization({
            operator: OPERATOR,
            payer: TENANT,
            signer: TENANT,
            mandate: 0,
            sequence: 7,
            deployment: 0,
            manifestHash: _word(0x33),
            maxRatePerHour: 1_500_000,
            maxTotal: 9_000_000,
            cumulativeMax: 20_000_000,
            expiry: EXPIRY,
            beacon: _word(0x44)
        });
        _is(SignedTypes.hash(value), 0x2ab7c3064c5f1cbaede6648cb874de7c6bf1da668ea756981282cffee31dcbef);
    }

    function test_Opening() external view {
        _is(SignedTypes.hash(Opening(LEASE, _word(0x22), NODE, 42, _word(0x66), 1_250_000, 10_000, EXPIRY)), 0x8a4269799d0ba82f6d74205cfbf225b2467fc66725729a5f39e834f55cebbaf0);
    }

    function test_PaidThrough() external view {
        _is(SignedTypes.hash(PaidThrough(LEASE, 3600)), 0x16538af8c639a35772618b0dfbdc2547349ca1cc36df270b4f62ecadf2f9a823);
    }

    function test_Receipt() external view {
        _is(SignedTypes.hash(Receipt(LEASE, 120, 41_666, _word(0x77), _word(0x88))), 0x974a834383b40a33d55b052078c5520cfd6dee941419490043d81ba2eceefdd0);
    }

    function test_Close() external view {
        _is(SignedTypes.hash(Close(LEASE, 121, 7)), 0x3263c5c332b043d95c728b52bd15095ffe88c2a341c4925c6cb7bc989489a22c);
    }

    function test_OwnerConsent() external view {
        _is(SignedTypes.hash(OwnerConsent(OWNER, NODE, EXPIRY)), 0xb763d0834fff430322eafed271e0fa6b04c8abc7c57641add25c5e562643b097);
    }

    function test_Row30_A_signature_is_bound_to_chain_and_contract() external {
        bytes32 structHash = SignedTypes.hash(PaidThrough(LEASE, 1));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, reader.digest(structHash));
        bytes memory signature = abi.encodePacked(r, s, v);
        eq(reader.signer(structHash, signature), OPERATOR, "here");
        no(new Reader(address(1)).signer(structHash, signature) == OPERATOR, "under another escrow");
        vm.chainId(1);
        no(reader.signer(structHash, signature) == OPERATOR, "after a fork of the chain");
    }

    function testFuzz_Nobody_has_signed_garbage(bytes calldata garbage, bytes32 structHash) external {
        vm.assume(garbage.length != 65);
        eq(reader.signer(structHash, garbage), address(0), "signer");
        vm.expectRevert(abi.encodeWithSelector(GridDomain.BadSignature.selector, address(0)));
        reader.requireSigned(address(0), structHash, garbage);
    }

    function test_Row30_The_mirrored_signature_with_a_high_s_is_refused() external view {
        bytes32 structHash = SignedTypes.hash(PaidThrough(LEASE, 1));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, reader.digest(structHash));
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory mirrored = abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        eq(reader.signer(structHash, mirrored), address(0), "signer");
    }

    function _is(bytes32 structHash, bytes32 golden) private view {
        eq(reader.digest(structHash), golden, "digest");
    }

    function _word(uint8 value) private pure returns (bytes32 word) {
        return bytes32(uint256(value) * (type(uint256).max / 0xff));
    }
}
