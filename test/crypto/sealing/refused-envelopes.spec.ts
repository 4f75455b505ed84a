import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import type { SealedPlace } from '../../../src/crypto/sealing/sealed-place.js';
import { SealedValueError } from '../../../src/crypto/sealing/sealed-value-error.js';
import type { Sealer } from '../../../src/crypto/sealing/sealer.js';
import { PLACE, ringOf, rootKey, sealerOf, secret } from './sealing-fixtures.js';

const sealer = sealerOf();
const envelope = sealer.seal(secret(), PLACE);

function refusal(opener: Sealer, bytes: Uint8Array, place: SealedPlace): Error {
  try {
    opener.open(bytes, place).wipe();
  } catch (error) {
    if (error instanceof SealedValueError) return error;
    throw error;
  }
  throw new Error('an envelope was opened that should have been refused');
}

describe('an envelope', () => {
  it.each<[string, SealedPlace]>([
    ['table', { ...PLACE, table: 'split_keys' }],
    ['row', { ...PLACE, row: '8' }],
    ['column', { ...PLACE, column: 'sealed_mnemonic' }],
    ['version', { ...PLACE, version: 2 }],
    ['wallet', { ...PLACE, wallet: 'v' }],
    ['owner', { ...PLACE, owner: 'bob' }],
    ['recipient', { ...PLACE, recipient: 'carol' }],
    ['recipient, which is nobody', { ...PLACE, recipient: '' }],
    ['cut between owner and recipient', { ...PLACE, owner: 'aliceb', recipient: 'ob' }],
  ])('is refused at another %s', (_part, place) => {
    expect(refusal(sealer, envelope, place)).toBeInstanceOf(SealedValueError);
  });

  it('is refused by the other domain, both ways', () => {
    const ofAuth = sealerOf('auth').seal(secret(), PLACE);
    expect(refusal(sealerOf('auth'), envelope, PLACE)).toBeInstanceOf(SealedValueError);
    expect(refusal(sealer, ofAuth, PLACE)).toBeInstanceOf(SealedValueError);
  });

  it('is refused under another root key', () => {
    expect(refusal(sealerOf('vault', rootKey(2)), envelope, PLACE)).toBeInstanceOf(SealedValueError);
  });

  it('is refused by the other domain even when its key id is rewritten to match', () => {
    const other = sealerOf('auth');
    const disguised = envelope.slice();
    disguised.set(Buffer.from(other.keyId, 'hex'), 1);
    expect(refusal(other, disguised, PLACE)).toBeInstanceOf(SealedValueError);
  });

  it('is refused under the same key in another epoch, and in the formats of earlier releases', () => {
    const { current } = ringOf();
    const elsewhere = createSealer({ current: { ...current, epoch: 4 }, earlier: [] });
    expect(refusal(elsewhere, envelope, PLACE)).toBeInstanceOf(SealedValueError);
    expect(refusal(sealer, Uint8Array.of(2, ...envelope.subarray(1)), PLACE)).toBeInstanceOf(SealedValueError);
    const first = Buffer.concat([Uint8Array.of(1), envelope.subarray(1, 9), envelope.subarray(13)]);
    expect(refusal(createSealer({ current: { ...current, epoch: 0 }, earlier: [] }), first, PLACE)).toBeInstanceOf(
      SealedValueError,
    );
  });

  it('is refused with any single bit flipped', () => {
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const flipped = envelope.slice();
      const index = bit >> 3;
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (bit & 7));
      expect(refusal(sealer, flipped, PLACE)).toBeInstanceOf(SealedValueError);
    }
  });

  it('is refused when cut at either end to any length', () => {
    for (let length = 0; length < envelope.length; length++) {
      expect(refusal(sealer, envelope.subarray(0, length), PLACE)).toBeInstanceOf(SealedValueError);
      expect(refusal(sealer, envelope.subarray(envelope.length - length), PLACE)).toBeInstanceOf(SealedValueError);
    }
  });

  it('is refused with a byte added at either end', () => {
    expect(refusal(sealer, Uint8Array.of(...envelope, 0), PLACE)).toBeInstanceOf(SealedValueError);
    expect(refusal(sealer, Uint8Array.of(3, ...envelope), PLACE)).toBeInstanceOf(SealedValueError);
  });

  it('is refused in the same words whatever is wrong with it, and without a cause to look into', () => {
    const refusals = [
      refusal(sealer, new Uint8Array(0), PLACE),
      refusal(
        sealer,
        envelope.map((byte, index) => (index === 0 ? 4 : byte)),
        PLACE,
      ),
      refusal(
        sealer,
        envelope.map((byte, index) => (index === envelope.length - 1 ? byte ^ 1 : byte)),
        PLACE,
      ),
      refusal(sealer, envelope, { ...PLACE, row: '8' }),
      refusal(sealerOf('auth'), envelope, PLACE),
    ];
    expect(new Set(refusals.map((error) => error.message)).size).toBe(1);
    for (const error of refusals) {
      expect(error.cause).toBeUndefined();
      expect(inspect(error)).not.toContain('master_key');
    }
  });
});
