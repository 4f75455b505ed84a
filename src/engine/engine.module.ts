import { type DynamicModule, Module } from '@nestjs/common';
import type { BlsEngine, BlsEngineName } from '../crypto/bls0chain/bls-engine.js';
import { createProvenEngine } from '../crypto/create-engine.js';
import { BLS_ENGINE } from './injection-tokens.js';
import { KeyMaker } from './key-making/key-maker.js';
import { proveApart } from './proof/prove-apart.js';

/** The engine of the signature scheme, and the thread that makes keys with it, for both halves. */
@Module({})
export class EngineModule {
  /**
   * @param name the engine that computes; the other one is asked for its known answers all the same
   * @param mostWaiting that may ask for keys at once
   */
  static of(name: BlsEngineName, mostWaiting: number): DynamicModule {
    return {
      module: EngineModule,
      providers: [
        { provide: BLS_ENGINE, useFactory: () => witnessedEngine(name) },
        { provide: KeyMaker, useFactory: () => new KeyMaker(name, mostWaiting) },
      ],
      exports: [BLS_ENGINE, KeyMaker],
    };
  }
}

/** The witnesses that have been heard in this process, or are: what an engine computes does not change with who asks. */
const heard = new Map<BlsEngineName, Promise<void>>();

/**
 * Both engines must give the known answers before either computes: each is the other's witness. The one that will not
 * compute gives them in a thread of its own.
 */
async function witnessedEngine(name: BlsEngineName): Promise<BlsEngine> {
  const witness = name === 'herumi' ? 'noble' : 'herumi';
  const proof = heard.get(witness) ?? proveApart(witness);
  heard.set(witness, proof);
  const [engine] = await Promise.all([createProvenEngine(name), proof]);
  return engine;
}
