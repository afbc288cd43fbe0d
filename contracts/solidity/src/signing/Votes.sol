// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IOperatorRegistry} from "../operators/IOperatorRegistry.sol";
import {GridDomain} from "./GridDomain.sol";

/// @notice What operators signed together, weighed.
abstract contract Votes is GridDomain {
    error TooManySignatures(uint256 count, uint256 max);
    error SignersNotAscending(address signer);
    error NoQuorum(uint256 weight, uint256 total);

    uint256 internal constant MAX_SIGNATURES = 32;

    IOperatorRegistry public immutable operators;

    constructor(IOperatorRegistry operators_) {
        operators = operators_;
    }

    /// @dev More than 2/3 of the active weight, signers strictly ascending by address.
    function _requireQuorum(bytes32 structHash, bytes[] calldata signatures) internal view {
        require(signatures.length <= MAX_SIGNATURES, TooManySignatures(signatures.length, MAX_SIGNATURES));
        address[] memory signers = new address[](signatures.length);
        for (uint256 i = 0; i < signatures.length; ++i) {
            signers[i] = _signerOf(structHash, signatures[i]);
            _requireAscending(i == 0 ? address(0) : signers[i - 1], signers[i]);
        }
        (uint256 weight, uint256 total) = operators.weigh(signers);
        require(weight * 3 > total * 2, NoQuorum(weight, total));
    }

    /// @dev Also refuses the zero address, which stands for a bad signature.
    function _requireAscending(address previous, address signer) internal pure {
        require(signer > previous, SignersNotAscending(signer));
    }
}
