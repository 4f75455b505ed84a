import { beforeAll, describe } from '@jest/globals';
import { createBlsEngine } from '../../../src/crypto/bls0chain/create-engine.js';
export const ENGINE_NAMES = ['herumi', 'noble'];
/** Declares the same tests for each engine. `engine()` is available inside tests, not while they are declared. */
export function describeEachEngine(tests) {
    describe.each(ENGINE_NAMES)('%s', (name) => {
        let engine;
        beforeAll(async () => {
            engine = await createBlsEngine(name);
        });
        tests(() => {
            if (engine === undefined)
                throw new Error('the engine exists only inside tests');
            return engine;
        });
    });
}
