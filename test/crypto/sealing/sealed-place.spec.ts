import { describe, expect, it } from '@jest/globals';
import { encodeSealedPlace } from '../../../src/crypto/sealing/sealed-place.js';
import { PLACE } from './sealing-fixtures.js';

function hexOf(place: Parameters<typeof encodeSealedPlace>[0]): string {
  return Buffer.from(encodeSealedPlace(place)).toString('hex');
}

describe('the encoding of a sealed place', () => {
  it('is lengths, texts and the version, in bytes that are fixed for good', () => {
    const place = { table: 'ab', row: 'é', column: 'c', version: 258, wallet: 'w', owner: 'alice', recipient: '' };
    expect(hexOf(place)).toBe(
      ['00000002', '6162', '00000002', 'c3a9', '00000001', '63', '0000000000000102', '00000001', '77']
        .concat(['00000005', '616c696365', '00000000'])
        .join(''),
    );
  });

  it('never gives the same bytes for texts that only join alike', () => {
    const nobody = { owner: '', recipient: '' };
    const places = [
      { table: 'ab', row: 'c', column: 'd', version: 1, wallet: 'w' },
      { table: 'a', row: 'bc', column: 'd', version: 1, wallet: 'w' },
      { table: 'a', row: 'b', column: 'cd', version: 1, wallet: 'w' },
      { table: 'ab', row: 'c', column: 'd', version: 2, wallet: 'w' },
      { table: 'a\u0000', row: 'c', column: 'd', version: 1, wallet: 'w' },
      { table: 'a', row: '\u0000c', column: 'd', version: 1, wallet: 'w' },
      { table: 'd', row: 'c', column: 'ab', version: 1, wallet: 'w' },
      { table: 'ab', row: 'c', column: 'd', version: 1, wallet: 'ww' },
      { table: 'ab', row: 'c', column: 'd', version: 1, wallet: 'w', owner: 'ww' },
      { table: 'ab', row: 'c', column: 'd', version: 1, wallet: 'w', recipient: 'ww' },
      { table: 'ab', row: 'c', column: 'd', version: 1, wallet: 'w', owner: 'w', recipient: 'w' },
    ].map((place) => ({ ...nobody, ...place }));
    expect(new Set(places.map(hexOf)).size).toBe(places.length);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses version %p', (version) => {
    expect(() => encodeSealedPlace({ ...PLACE, version })).toThrow(RangeError);
  });

  it.each(['table', 'row', 'column', 'wallet'] as const)('refuses an empty or ill-formed %s', (part) => {
    expect(() => encodeSealedPlace({ ...PLACE, [part]: '' })).toThrow(`the ${part} of a sealed place`);
    expect(() => encodeSealedPlace({ ...PLACE, [part]: 'x\ud800' })).toThrow(`the ${part} of a sealed place`);
  });

  it.each(['owner', 'recipient'] as const)('refuses an ill-formed %s', (part) => {
    expect(() => encodeSealedPlace({ ...PLACE, [part]: 'x\ud800' })).toThrow(`the ${part} of a sealed place`);
  });
});
