import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { findSecrets, secretOfHex } from './secret-forms.js';

const bytes = randomBytes(32);
const secret = secretOfHex('the secret', bytes.toString('hex'));
const reversed = Buffer.from(bytes).reverse();

/** What a leak could look like. The scan is worth nothing if it misses one of these. */
const LEAKS: readonly [string, string | Buffer][] = [
  ['lower-case hex', bytes.toString('hex')],
  ['upper-case hex', bytes.toString('hex').toUpperCase()],
  ['reversed hex', reversed.toString('hex')],
  ['half of the hex', bytes.toString('hex').slice(0, 32)],
  ['the other half', bytes.toString('hex').slice(32)],
  ['raw bytes', Buffer.concat([randomBytes(5), bytes, randomBytes(7)])],
  ['reversed raw bytes', Buffer.concat([randomBytes(5), reversed])],
  ['base64', bytes.toString('base64')],
  ['base64 of something longer', Buffer.concat([randomBytes(4), bytes, randomBytes(3)]).toString('base64')],
  ['base64 of something longer still', Buffer.concat([randomBytes(5), bytes, randomBytes(9)]).toString('base64')],
  ['base64url', bytes.toString('base64url')],
  ['reversed base64', reversed.toString('base64')],
  ['a decimal number', BigInt(`0x${bytes.toString('hex')}`).toString()],
  ['the decimal number it stands for, little-endian', BigInt(`0x${reversed.toString('hex')}`).toString()],
  ['a Buffer in JSON', JSON.stringify({ cause: bytes })],
  ['an array in JSON', JSON.stringify([...bytes])],
];

describe('the scan for secrets', () => {
  it.each(LEAKS)('finds %s', (_, leak) => {
    const content = Buffer.concat([Buffer.from('before '), Buffer.from(leak), Buffer.from(' after')]);
    expect(findSecrets({ where: 'a line', content }, [secret])).not.toEqual([]);
  });

  it('finds nothing in other random bytes', () => {
    const content = Buffer.from(`${randomBytes(64).toString('hex')} ${randomBytes(64).toString('base64')}`);
    expect(findSecrets({ where: 'a line', content }, [secret])).toEqual([]);
  });
});
