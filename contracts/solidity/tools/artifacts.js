#!/usr/bin/env node
// Writes artifacts/NAME.json (ABI and creation code) from forge's output, or with --check compares them with it.
'use strict';
const fs = require('fs');
const path = require('path');

const CONTRACTS = [
  'AttestationLedger', 'Escrow', 'GridParameters', 'GridToken', 'LeaseClaims', 'OperatorRegistry',
  'ProviderRegistry', 'Refutations', 'RewardsDistributor', 'SlashingCourt',
];
const root = path.join(__dirname, '..');
const folder = path.join(root, 'artifacts');

function render(name) {
  const built = JSON.parse(fs.readFileSync(path.join(root, 'obj', 'out', `${name}.sol`, `${name}.json`), 'utf8'));
  const abi = built.abi.map((entry) => '    ' + JSON.stringify(entry)).join(',\n');
  return `{\n  "contractName": ${JSON.stringify(name)},\n  "abi": [\n${abi}\n  ],\n  "bytecode": "${built.bytecode.object}"\n}\n`;
}

const check = process.argv.includes('--check');
const stale = [];
fs.mkdirSync(folder, { recursive: true });
for (const name of CONTRACTS) {
  const file = path.join(folder, `${name}.json`);
  const text = render(name);
  if (!check) fs.writeFileSync(file, text);
  else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) stale.push(name);
}
for (const file of fs.readdirSync(folder)) {
  if (!CONTRACTS.includes(path.basename(file, '.json'))) stale.push(`${file} (no such contract)`);
}
if (stale.length > 0) {
  console.error(`artifacts/ differs from the sources: ${stale.join(', ')}. Run ./check.sh --update and commit.`);
  process.exit(1);
}
console.log(`artifacts/: ${CONTRACTS.length} contracts ${check ? 'equal to the sources' : 'written'}`);
