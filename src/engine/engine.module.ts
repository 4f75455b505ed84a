import { type DynamicModule, Module } from '@nestjs/common';
import type { BlsEngine, BlsEngineName } from '../crypto/bls0chain/bls-engine.js';
import { createProvenEngine } from '../crypto/create-engine.js';
import { systemRandomBytes } from '../crypto/random-bytes.js';
import { BLS_ENGINE, RANDOM_BYTES } from './injection-tokens.js';

/** The engine of the signature scheme and the source of randomness, for both halves. */
@Module({})
export class EngineModule {
  /** @param name the engine that computes; the other one is asked for its known answers all the same */
  static of(name: BlsEngineName): DynamicModule {
    return {
      module: EngineModule,
      providers: [
        { provide: BLS_ENGINE, useFactory: () => witnessedEngine(name) },
        { provide: RANDOM_BYTES, useValue: systemRandomBytes },
      ],
      exports: [BLS_ENGINE, RANDOM_BYTES],
    };
  }
}

/** Both engines must give the known answers before either computes: each is the other's witness. */
async function witnessedEngine(name: BlsEngineName): Promise<BlsEngine> {
  const [herumi, noble] = [await createProvenEngine('herumi'), await createProvenEngine('noble')];
  return name === 'herumi' ? herumi : noble;
}
