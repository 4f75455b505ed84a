import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { encodeVkey, keyIdHex, parseVkey, verifierKey } from '../../../src/audit/tlog/verifier-key.js';
import { ORIGIN, log, privateKeyOf, witness } from './given-signers.js';
import { GO_CHECKSUMS, GO_EXAMPLE, WITNESSED } from './published-notes.js';

describe('the key that verifies notes', () => {
  it.each([
    [GO_EXAMPLE.vkey, 'PeterNeumann', 'ed25519', 'c74f20a3'],
    [GO_CHECKSUMS.vkey, 'sum.golang.org', 'ed25519', '033de0ae'],
    [WITNESSED.witness, 'remora.n621.de', 'cosignature/v1', 'da77ade7'],
    [encodeVkey(log.key), ORIGIN, 'ed25519', keyIdHex(log.key.id)],
    [encodeVkey(witness.key), 'witness.example/w1', 'cosignature/v1', keyIdHex(witness.key.id)],
  ])('is read from %s, and written the same', (vkey, name, type, id) => {
    const key = parseVkey(vkey, 'key');
    expect([key.name, key.type, keyIdHex(key.id)]).toEqual([name, type, id]);
    expect(encodeVkey(key)).toBe(vkey);
  });

  it('has the id of its name, its type and its bytes', () => {
    const key = privateKeyOf(1);
    const ids = [
      verifierKey('a', 'ed25519', key),
      verifierKey('a', 'cosignature/v1', key),
      verifierKey('b', 'ed25519', key),
      verifierKey('a', 'ed25519', privateKeyOf(2)),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('is the same from the private and from the public key', () => {
    expect(verifierKey(ORIGIN, 'ed25519', createPublicKey(privateKeyOf(1)))).toEqual(log.key);
  });

  it.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u2028b', 'a\nb', 'a\u0000b', 'a\u0085b', 'a\ud800'])(
    'has no name like %j',
    (name) => {
      expect(() => verifierKey(name, 'ed25519', privateKeyOf(1))).toThrow(
        new RangeError('name must be neither empty nor hold spaces, + or control characters'),
      );
    },
  );

  it('is no key of another kind', () => {
    const { publicKey } = generateKeyPairSync('x25519');
    expect(() => verifierKey('a', 'ed25519', publicKey)).toThrow(new TypeError('key must be an Ed25519 key'));
  });

  const good = GO_EXAMPLE.vkey;
  const [name = '', id = '', key = ''] = good.split('+');

  it.each([
    ['', 'key must be a vkey: name+id+key'],
    [name, 'key must be a vkey: name+id+key'],
    [`${name}+${id}`, 'key must be a vkey: name+id+key'],
    [`${name}+${id}+`, 'key must be a vkey: name+id+key'],
    [`+${id}+${key}`, 'key must be a vkey: name+id+key'],
    [`Peter Neumann+${id}+${key}`, 'key must be a vkey: name+id+key'],
    [`${good}\n`, 'key must be a vkey: name+id+key'],
    [`${name}+${id.toUpperCase()}+${key}`, 'key must be a vkey: name+id+key'],
    [`${name}+${id.slice(1)}+${key}`, 'key must be a vkey: name+id+key'],
    [`${name}+0${id}+${key}`, 'key must be a vkey: name+id+key'],
    [`${name}+${id}+${key}!`, "key's key must be base64"],
    [`${name}+${id}+${key} `, "key's key must be base64"],
    [`${name}+${id}+ ${key}`, "key's key must be base64"],
    [`${name}+${id}+${key.slice(0, -1)}`, "key's key must be base64"],
    [`${name}+${id}+${key.replaceAll('/', '_')}`, "key's key must be base64"],
    [`${name}+${id}+AQ==`, 'key must have a key of 32 bytes'],
    [`${name}+${id}+${Buffer.alloc(34, 1).toString('base64')}`, 'key must have a key of 32 bytes'],
    [
      `${name}+${id}+${Buffer.alloc(33, 2).toString('base64')}`,
      'key must be of type 1 (Ed25519) or 4 (cosignature/v1)',
    ],
    [`${name}+${id}+${Buffer.alloc(33, 1).toString('base64')}`, 'key must have the id of its name and key'],
    [`Petra${name}+${id}+${key}`, 'key must have the id of its name and key'],
    [`${name}+00000000+${key}`, 'key must have the id of its name and key'],
  ])('is not read from %j', (vkey, message) => {
    expect(() => parseVkey(vkey, 'key')).toThrow(MalformedTlogError);
    expect(() => parseVkey(vkey, 'key')).toThrow(message);
  });

  it('is not read with any character of its line changed', () => {
    const read: string[] = [];
    for (const vkey of [good, WITNESSED.witness]) {
      for (let at = 0; at < vkey.length; at += 1) {
        const other = vkey[at] === 'A' ? 'B' : 'A';
        const changed = `${vkey.slice(0, at)}${other}${vkey.slice(at + 1)}`;
        try {
          parseVkey(changed, 'key');
          read.push(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedTlogError);
        }
      }
    }
    expect(read).toEqual([]);
  });
});
