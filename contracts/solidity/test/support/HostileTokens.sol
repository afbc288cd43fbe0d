// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Keeps a hundredth of every transfer but the issuer's own.
contract FeeToken is ERC20 {
    address private immutable _issuer = msg.sender;

    constructor() ERC20("Fee", "FEE") {
        _mint(msg.sender, 1e24);
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 kept = from == address(0) || from == _issuer ? 0 : value / 100;
        super._update(from, to, value - kept);
        if (kept > 0) super._update(from, address(0xFEE), kept);
    }
}

/// @notice Answers false, or stops, when it is told to.
contract MoodyToken is ERC20 {
    bool public refusing;
    bool public paused;

    constructor() ERC20("Moody", "MOO") {
        _mint(msg.sender, 1e24);
    }

    function setMood(bool refusing_, bool paused_) external {
        (refusing, paused) = (refusing_, paused_);
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        require(!paused, "paused");
        return !refusing && super.transfer(to, value);
    }
}

/// @notice Calls back into its payee's plan before it pays.
contract ReentrantToken is ERC20 {
    address public target;
    bytes public plan;
    bool public succeeded;

    constructor() ERC20("Reentrant", "REE") {
        _mint(msg.sender, 1e24);
    }

    function arm(address target_, bytes calldata plan_) external {
        (target, plan) = (target_, plan_);
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (target != address(0)) (succeeded,) = target.call(plan);
        return super.transfer(to, value);
    }
}
