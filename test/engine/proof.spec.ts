import { describe, expect, it } from '@jest/globals';
import type { BlsEngineName } from '../../src/crypto/bls0chain/bls-engine.js';
import { proveApart } from '../../src/engine/proof/prove-apart.js';

describe('the proof of an engine in a thread of its own', () => {
  it.each(['herumi', 'noble'] as const)('succeeds for %s', async (name) => {
    await expect(proveApart(name)).resolves.toBe(undefined);
  });

  it('fails with what is wrong', async () => {
    await expect(proveApart('quantum-engine' as BlsEngineName)).rejects.toThrow(/undefined/);
  });
});
