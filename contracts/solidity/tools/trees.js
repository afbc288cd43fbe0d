#!/usr/bin/env node
// Every test stands in the .tree beside its file and the other way round: the tree is the specification.
'use strict';
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..', 'test');
const wrong = [];
for (const file of fs.readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.t.sol'))) {
  const source = fs.readFileSync(path.join(root, file), 'utf8');
  const tree = path.join(root, file.replace(/\.t\.sol$/, '.tree'));
  const specified = fs.existsSync(tree) ? fs.readFileSync(tree, 'utf8') : '';
  const tests = new Set([...source.matchAll(/function (?:test|testFuzz|invariant)_(\w+)/g)].map((match) => match[1]));
  const leaves = new Set([...specified.matchAll(/── it (\w+)/g)].map((match) => match[1]));
  for (const name of tests) if (!leaves.has(name)) wrong.push(`${file}: ${name} is not in its .tree`);
  for (const name of leaves) if (!tests.has(name)) wrong.push(`${file}: ${name} is in the .tree and has no test`);
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('test/: every test stands in its .tree');
