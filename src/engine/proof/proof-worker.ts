import { workerData } from 'node:worker_threads';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { createProvenEngine } from '../../crypto/create-engine.js';

// A thread that ends well when the engine gives its known answers, and with what is wrong when it does not.
await createProvenEngine(workerData as BlsEngineName);
