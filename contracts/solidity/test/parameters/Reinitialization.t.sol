// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {World} from "../support/World.sol";

contract ReinitializationTest is World {
    /// @dev What proxies, owned and pausable contracts usually answer to.
    function _takeovers() private pure returns (string[12] memory) {
        return [
            "initialize()",
            "initialize(address)",
            "init()",
            "reinitialize(uint64)",
            "owner()",
            "transferOwnership(address)",
            "renounceOwnership()",
            "upgradeTo(address)",
            "upgradeToAndCall(address,bytes)",
            "pause()",
            "grantRole(bytes32,address)",
            "setImplementation(address)"
        ];
    }

    function test_Row33_Nothing_can_be_initialized_owned_paused_or_upgraded() external {
        address[10] memory grid = [
            address(token),
            address(parameters),
            address(providers),
            address(operators),
            address(escrow),
            address(claims),
            address(refutations),
            address(ledger),
            address(court),
            address(rewards)
        ];
        string[12] memory takeovers = _takeovers();
        for (uint256 i = 0; i < grid.length; ++i) {
            for (uint256 k = 0; k < takeovers.length; ++k) {
                // With words enough for whatever arguments it might read.
                bytes memory data = abi.encodePacked(bytes4(keccak256(bytes(takeovers[k]))), new bytes(128));
                (bool answered,) = grid[i].call(data);
                no(answered, takeovers[k]);
            }
        }
    }
}
