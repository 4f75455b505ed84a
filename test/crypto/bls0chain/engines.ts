import { beforeAll, describe } from '@jest/globals';

import type { BlsEngine, BlsEngineName } from '../../../src/crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../../src/crypto/create-engine.js';

export const ENGINE_NAMES: readonly BlsEngineName[] = ['herumi', 'noble'];

/** Declares the same tests for each engine. `engine()` is available inside tests, not while they are declared. */
export function describeEachEngine(tests: (engine: () => BlsEngine) => void): void {
  describe.each(ENGINE_NAMES)('%s', (name) => {
    let engine: BlsEngine | undefined;
    beforeAll(async () => {
      engine = await createBlsEngine(name);
    });
    tests(() => {
      if (engine === undefined) throw new Error('the engine exists only inside tests');
      return engine;
    });
  });
}
