// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @notice The one EIP-712 domain of a grid: (`Compute Grid`, `1`, chain id, the Escrow). Every contract of the grid reads signatures under it.
abstract contract GridDomain {
    error BadSignature(address expected);

    bytes32 private constant DOMAIN = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    address private immutable _escrow;
    uint256 private immutable _chainId;
    bytes32 private immutable _separator;

    constructor(address escrow) {
        _escrow = escrow;
        _chainId = block.chainid;
        _separator = _buildSeparator();
    }

    /// @dev Rebuilt after a fork of the chain: a signature for one branch is worth nothing on the other.
    function domainSeparator() public view returns (bytes32) {
        return block.chainid == _chainId ? _separator : _buildSeparator();
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(domainSeparator(), structHash);
    }

    /// @return The signer, or zero where the signature is none (malformed, high s, wrong length).
    function _signerOf(bytes32 structHash, bytes calldata signature) internal view returns (address) {
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(_digest(structHash), signature);
        return failure == ECDSA.RecoverError.NoError ? signer : address(0);
    }

    function _requireSignedBy(address expected, bytes32 structHash, bytes calldata signature) internal view {
        require(expected != address(0) && _signerOf(structHash, signature) == expected, BadSignature(expected));
    }

    function _buildSeparator() private view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN, keccak256("Compute Grid"), keccak256("1"), block.chainid, _escrow));
    }
}
