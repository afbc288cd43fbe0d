// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {GridToken} from "../../src/token/GridToken.sol";
import {Test} from "../support/Test.sol";

contract GridTokenTest is Test {
    function test_Everything_is_minted_once_in_micro_units() external {
        GridToken token = new GridToken(address(5), 77);
        eq(token.totalSupply(), 77, "supply");
        eq(token.balanceOf(address(5)), 77, "holder");
        eq(token.decimals(), 6, "decimals");
    }

    function test_A_permit_works_once_and_in_time() external {
        GridToken token = new GridToken(vm.addr(1), 77);
        uint256 deadline = block.timestamp + 1;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"), vm.addr(1), address(9), 5, 0, deadline
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
        token.permit(vm.addr(1), address(9), 5, deadline, v, r, s);
        eq(token.allowance(vm.addr(1), address(9)), 5, "allowed");
        vm.expectPartialRevert(bytes4(keccak256("ERC2612InvalidSigner(address,address)")));
        token.permit(vm.addr(1), address(9), 5, deadline, v, r, s);
    }
}
