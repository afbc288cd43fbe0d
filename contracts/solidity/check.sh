#!/usr/bin/env bash
# Installs what is missing, builds (warnings are errors), tests, compares gas with snapshots/ and artifacts/ with the sources.
# usage: check.sh [--quick | --long] [--update] [--coverage]
set -euo pipefail
cd "$(dirname "$0")"
export FOUNDRY_PROFILE=default FOUNDRY_DISABLE_NIGHTLY_WARNING=1
update=false coverage=false
for argument in "$@"; do
  case $argument in
    --quick) FOUNDRY_PROFILE=quick ;;
    --long) FOUNDRY_PROFILE=long ;;
    --update) update=true ;;
    --coverage) coverage=true ;;
    *) echo "usage: check.sh [--quick | --long] [--update] [--coverage]" >&2; exit 2 ;;
  esac
done

if [ ! -x node_modules/.bin/forge ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts
fi
export PATH="$PWD/node_modules/.bin:$PATH"

# Each thread holds an EVM with all of a test's states: bounded, whatever the machine.
threads=2
forge build
node tools/trees.js
forge test --threads $threads
if $update; then
  FORGE_SNAPSHOT_EMIT=true forge test --threads $threads --isolate --match-test '^test_Gas_'
  node tools/artifacts.js
else
  FORGE_SNAPSHOT_CHECK=true forge test --threads $threads --isolate --match-test '^test_Gas_'
  node tools/artifacts.js --check
fi
if $coverage; then
  FOUNDRY_PROFILE=quick forge coverage --threads $threads --no-match-coverage '^test/' --report summary | grep '|' | tee obj/coverage.txt
  awk -F'|' '/ Total / { seen = 1; if ($3 + 0 < 95 || $5 + 0 < 95) low = 1 } END { exit !seen || low }' obj/coverage.txt \
    || { echo "line and branch coverage must be 95 % at least" >&2; exit 1; }
fi
