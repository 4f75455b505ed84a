import { randomInt } from 'node:crypto';
import { expect } from '@jest/globals';

import type { BlsEngine } from '../../../src/crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../../src/crypto/create-engine.js';
import { encodeHex, encodeSecretKey } from '../../../src/crypto/bls0chain/codec.js';
import { generateSecretKey } from '../../../src/crypto/bls0chain/generate-secret-key.js';
import { systemRandomBytes } from '../../../src/crypto/random-bytes.js';
import { splitSecretKey } from '../../../src/crypto/bls0chain/split-secret-key.js';
import type { SecretBytes } from '../../../src/crypto/secret-bytes.js';

/** What one engine makes of one random input: everything that the two must agree on. */
export interface Outcome {
  readonly publicKey: string;
  readonly signature: string;
  readonly otherKey: string;
  readonly secretSum: string;
  readonly secretDifference: string;
  readonly keySum: string;
  readonly signatureSum: string;
}

export interface RandomInput {
  readonly secret: SecretBytes;
  readonly other: SecretBytes;
  readonly message: Uint8Array;
}

export function outcomeOf(engine: BlsEngine, { secret, other, message }: RandomInput): Outcome {
  const publicKey = engine.publicKeyOf(secret);
  const signature = engine.sign(secret, message);
  const otherKey = engine.publicKeyOf(other);
  return {
    publicKey: encodeHex(publicKey),
    signature: encodeHex(signature),
    otherKey: encodeHex(otherKey),
    secretSum: encodeSecretKey(engine.addSecrets(secret, other)),
    secretDifference: encodeSecretKey(engine.subtractSecrets(secret, other)),
    keySum: encodeHex(engine.addPublicKeys(publicKey, otherKey)),
    signatureSum: encodeHex(engine.addSignatures(signature, engine.sign(other, message))),
  };
}

/** A hash's length every other time, else any that a message may have. */
function lengthOf(round: number): number {
  return round % 2 === 0 ? 32 : randomInt(1, 1025);
}

/**
 * Draws random inputs and expects both engines to make the same bytes of them, and each to verify the other's
 * signature and no altered one. `third` may check the same input with another implementation.
 */
export async function expectAgreement(
  rounds: number,
  third: (input: RandomInput, outcome: Outcome) => void = () => undefined,
): Promise<void> {
  const [herumi, noble] = [await createBlsEngine('herumi'), await createBlsEngine('noble')];
  for (let round = 0; round < rounds; round++) {
    const secret = generateSecretKey();
    const { userShare: other } = splitSecretKey(round % 2 === 0 ? herumi : noble, secret);
    const input: RandomInput = { secret, other, message: systemRandomBytes(lengthOf(round)) };
    const outcome = outcomeOf(herumi, input);
    expect(outcomeOf(noble, input)).toEqual(outcome);

    const publicKey = Buffer.from(outcome.publicKey, 'hex');
    const signature = Buffer.from(outcome.signature, 'hex');
    const wrongKey = Buffer.from(outcome.otherKey, 'hex');
    for (const engine of [herumi, noble]) {
      expect(engine.verify(publicKey, input.message, signature)).toBe(true);
      expect(engine.verify(wrongKey, input.message, signature)).toBe(false);
    }
    third(input, outcome);
  }
}
