import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { refusal } from './environment.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8Pem = p256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const sec1Pem = p256.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const publicKeyOf = (text: string): KeyObject | undefined =>
  loadConfiguration({ JWT_PUBLIC_KEY: text }).tokens.publicKey;

describe('JWT_PUBLIC_KEY', () => {
  it.each([
    ['with line ends', spki(rsa.publicKey)],
    ['with literal \\n', spki(rsa.publicKey).replaceAll('\n', String.raw`\n`)],
    ['with CRLF', spki(rsa.publicKey).replaceAll('\n', '\r\n')],
    ['with literal \\r\\n', spki(rsa.publicKey).replaceAll('\n', String.raw`\r\n`)],
    ['without the last line end', spki(rsa.publicKey).trimEnd()],
    ['in PKCS#1', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ])('is read %s', (_, text) => {
    expect(publicKeyOf(text)?.equals(rsa.publicKey)).toBe(true);
  });

  it.each([
    ['a private key', pkcs8Pem, 'private key'],
    ['a private key beside the public one', spki(p256.publicKey) + sec1Pem, 'private key'],
    ['two keys', spki(p256.publicKey) + spki(rsa.publicKey), 'one PEM block'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'one PEM block'],
    ['no PEM', 'not a key at all', 'one PEM block'],
    ['a damaged key', spki(p256.publicKey).replace(/M[A-Za-z0-9]{20}/, 'AAAA'), 'not a readable'],
    ['a short RSA key', spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), '2048 bits'],
    ['an Ed25519 key', spki(generateKeyPairSync('ed25519').publicKey), 'P-256'],
    ['a key on another curve', spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), 'P-256'],
  ])('is not %s', (_, text, reason) => {
    const line = refusal(() => publicKeyOf(text));
    expect(line).toMatch(/^JWT_PUBLIC_KEY /);
    expect(line).toContain(reason);
  });
});

describe('JWT_SECRET', () => {
  it('is held so that nothing prints it', () => {
    const secret = 'sdlkfj39fj-dkfj3kdfj-93kdjfkd';
    const configuration = loadConfiguration({ JWT_SECRET: secret });
    expect(inspect(configuration, { depth: 9, showHidden: true })).not.toContain(secret);
    expect(() => JSON.stringify(configuration)).toThrow();
    expect(configuration.tokens.secret?.expose()).toEqual(new TextEncoder().encode(secret));
  });

  it('is not a PEM, which everybody may know', () => {
    expect(refusal(() => loadConfiguration({ JWT_SECRET: spki(rsa.publicKey) }))).toContain('JWT_PUBLIC_KEY');
  });

  it('has no white space around it, which files and shells add unseen', () => {
    expect(refusal(() => loadConfiguration({ JWT_SECRET: 'sdlkfj39fj-dkfj3kdfj\n' }))).toMatch(/^JWT_SECRET must /);
  });
});
