import { type DynamicModule, Module } from '@nestjs/common';
import type { BlsEngine, BlsEngineName } from '../crypto/bls0chain/bls-engine.js';
import { createProvenEngine } from '../crypto/create-engine.js';
import { BLS_ENGINE } from './injection-tokens.js';
import { KeyMaker } from './key-making/key-maker.js';

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

type Engines = Readonly<Record<BlsEngineName, BlsEngine>>;

/** Of this process, once somebody has asked: neither engine holds anything of whoever computes with it. */
let proven: Promise<Engines> | undefined;

/** Both engines must give the known answers before either computes: each is the other's witness. */
async function witnessedEngine(name: BlsEngineName): Promise<BlsEngine> {
  proven ??= proveBoth();
  return (await proven)[name];
}

async function proveBoth(): Promise<Engines> {
  return { herumi: await createProvenEngine('herumi'), noble: await createProvenEngine('noble') };
}
