import { beforeAll, describe, expect, it } from '@jest/globals';

import type { BlsEngine } from '../../../src/crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../../src/crypto/create-engine.js';
import { assertKnownAnswers } from '../../../src/crypto/bls0chain/known-answers.js';
import { littleEndianBytes } from '../../../src/crypto/bls0chain/scalar.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import { describeEachEngine } from './engines.js';
import { withOtherSign } from './hostile-points.js';

const one = (): SecretBytes => new SecretBytes(littleEndianBytes(1n));
const accept = (): void => undefined;

/** Engines with one fault each, and the rule that must catch it. */
const FAULTS: [string, (good: BlsEngine) => Partial<BlsEngine>, string][] = [
  ['derives the negative key', (good) => ({ publicKeyOf: (s) => withOtherSign(good.publicKeyOf(s)) }), 'wallet'],
  ['signs the negative', (good) => ({ sign: (s, m) => withOtherSign(good.sign(s, m)) }), 'signs with a server share'],
  [
    'cuts messages to 32 bytes',
    (good) => ({ sign: (s, m) => good.sign(s, m.subarray(0, 32)) }),
    'messages that are not 32 bytes long',
  ],
  [
    'fills messages up to 32 bytes',
    (good) => ({ verify: (k, m, s) => good.verify(k, m.length < 32 ? Buffer.concat([m], 32) : m, s) }),
    'messages that are not 32 bytes long',
  ],
  ['verifies nothing', () => ({ verify: () => false }), 'combines two partial signatures'],
  ['verifies everything', () => ({ verify: () => true }), 'verifies no half alone'],
  ['forgets to add signatures', () => ({ addSignatures: (left) => left }), 'combines two partial signatures'],
  ['forgets to add public keys', () => ({ addPublicKeys: (left) => left }), 'adds the public keys'],
  ['forgets to add secrets', () => ({ addSecrets: (left) => left }), 'adds and subtracts'],
  ['forgets to subtract secrets', () => ({ subtractSecrets: (left) => left }), 'adds and subtracts'],
  ['signs with any scalar', (good) => ({ sign: (s, m) => good.sign(isUsable(good, s) ? s : one(), m) }), 'scalars'],
  ['accepts any public key', () => ({ assertPublicKey: accept }), 'points'],
  ['accepts any signature', () => ({ assertSignature: accept }), 'points'],
  [
    'crashes',
    () => ({
      sign: () => {
        throw new Error('out of memory');
      },
    }),
    'signs with a server share',
  ],
];

function isUsable(engine: BlsEngine, secret: SecretBytes): boolean {
  try {
    engine.publicKeyOf(secret);
    return true;
  } catch {
    return false;
  }
}

describe('the known-answer tests', () => {
  describeEachEngine((engine) => {
    it('pass', () => {
      expect(() => {
        assertKnownAnswers(engine());
      }).not.toThrow();
    });
  });

  describe('fail an engine that', () => {
    let good: BlsEngine | undefined;
    beforeAll(async () => {
      good = await createBlsEngine('herumi');
    });

    it.each(FAULTS)('%s', (_, faultsOf, rule) => {
      if (good === undefined) throw new Error('no engine');
      const faulty: BlsEngine = { ...good, ...faultsOf(good) };
      const run = (): void => {
        assertKnownAnswers(faulty);
      };
      expect(run).toThrow(/^the herumi engine fails its known-answer test: /);
      expect(run).toThrow(rule);
    });
  });
});
