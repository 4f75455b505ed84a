import type { BlsEngine, BlsEngineName } from './bls0chain/bls-engine.js';
import { createHerumiEngine } from './mcl/herumi-engine.js';
import { loadMclModule } from './mcl/mcl-module.js';
import { createNobleEngine } from './noble/noble-engine.js';

/**
 * A new engine of its own. Rejects if the herumi engine's WebAssembly cannot be loaded or has another generator.
 * Run `assertKnownAnswers` on it before it touches a key.
 */
export async function createBlsEngine(name: BlsEngineName): Promise<BlsEngine> {
  switch (name) {
    case 'herumi':
      return createHerumiEngine(await loadMclModule());
    case 'noble':
      return createNobleEngine();
  }
}
