#!/usr/bin/env node
// npm run --silent kms -- …: serves, and works on the service's files, such as `kms audit verify`.
import { runBuilt } from './run-built.mjs';
import { SERVER_NODE_ARGUMENTS } from './server-node-arguments.mjs';

const isServed = process.argv[2] === 'serve';
// Files are named from where somebody stands.
await runBuilt('cli/kms.js', isServed ? SERVER_NODE_ARGUMENTS : [], { cwd: process.cwd() });
