#!/usr/bin/env bash
# What a payer or a provider needs of the contracts, with foundry's cast alone: none of the grid's own programs. ETH_RPC_URL names the chain.
# usage: by-cast.sh deposit ESCROW OPERATOR PAYER
#        by-cast.sh verify LEDGER ERA LEAF INDEX PATH       LEAF = (provider,uptimePpm,tier,units,rewards)  PATH = [0x…,0x…]
#        by-cast.sh claim ESCROW OPERATOR PROVIDER ROOT EARNED INDEX PATH [cast's wallet options]
#          ROOT = (payers,providers,leases,charged,held,earned,fees,accounts,providerCount,leaseCount)  PATH = 0x…, 48 bytes a level: hash, amount, held
set -euo pipefail
cast=${GRID_CAST:-$(dirname -- "${BASH_SOURCE[0]}")/../node_modules/.bin/cast}
root_type='(bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32)'

case ${1:-} in
  deposit)
    account=$("$cast" call "$2" 'accountOf(address,address)((uint64,uint64,uint64,uint32,uint32,uint48,uint48))' "$3" "$4")
    # Deposited, less what left it by withdrawal, exit or a claim by lease.
    read -r deposited withdrawn lease_paid < <(sed -E 's/ \[[^]]*\]//g; s/[(),]/ /g' <<<"$account" | awk '{ print $1, $2, $3 }')
    echo $((deposited - withdrawn - lease_paid))
    ;;
  verify)
    "$cast" call "$2" 'verify(uint64,((address,uint32,uint8,uint64,uint64),uint32,bytes32[]))(bool)' "$3" "($4,$5,$6)"
    ;;
  claim)
    "$cast" send "$2" "claim(address,address,($root_type,uint64,uint32,bytes))" "$3" "$4" "($5,$6,$7,$8)" "${@:9}"
    ;;
  *)
    sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
