// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice The token of development grids: everything that will ever exist is minted once, to whoever deploys it.
contract GridToken is ERC20, ERC20Permit {
    constructor(address holder, uint256 supply) ERC20("Compute Grid", "GRID") ERC20Permit("Compute Grid") {
        _mint(holder, supply);
    }

    /// @dev Micro-units, as everywhere in the grid.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
