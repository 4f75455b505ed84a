#!/usr/bin/env node
// npm run --silent kms -- …: works on the service's files, such as `kms audit verify`.
import { runBuilt } from './run-built.mjs';

// Files are named from where somebody stands.
await runBuilt('cli/kms.js', [], { cwd: process.cwd() });
