import type { BlsEngine, BlsEngineName } from './bls0chain/bls-engine.js';
import { assertKnownAnswers } from './bls0chain/known-answers.js';
import { createHerumiEngine } from './mcl/herumi-engine.js';
import { loadMclModule } from './mcl/mcl-module.js';
import { createNobleEngine } from './noble/noble-engine.js';

/**
 * A new engine of its own. Rejects if the herumi engine's WebAssembly cannot be loaded or has another generator.
 * For keys take {@link createProvenEngine}.
 */
export async function createBlsEngine(name: BlsEngineName): Promise<BlsEngine> {
  switch (name) {
    case 'herumi':
      return createHerumiEngine(await loadMclModule());
    case 'noble':
      return createNobleEngine();
  }
}

/** As {@link createBlsEngine}, and it has given the known answers. Rejects if one of them is another. */
export async function createProvenEngine(name: BlsEngineName): Promise<BlsEngine> {
  const engine = await createBlsEngine(name);
  assertKnownAnswers(engine);
  return engine;
}
