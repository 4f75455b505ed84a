import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { refusal } from './environment.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pkcs8Pem = p256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const sec1Pem = p256.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const encryptedPem = p256.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'passphrase' })
  .toString();
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed25519 = generateKeyPairSync('ed25519');
const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
const DAMAGED = spki(p256.publicKey).replace(/M[A-Za-z0-9]{20}/, 'AAAA');
const publicKeysOf = (text: string): readonly KeyObject[] =>
  loadConfiguration({ JWT_PUBLIC_KEY: text }).tokens.publicKeys;
const secretsOf = (text: string): Buffer[] =>
  loadConfiguration({ JWT_SECRET: text }).tokens.secrets.map((secret) => Buffer.from(secret.expose()));

describe('JWT_PUBLIC_KEY', () => {
  it.each([
    ['with line ends', spki(rsa.publicKey)],
    ['with literal \\n', spki(rsa.publicKey).replaceAll('\n', String.raw`\n`)],
    ['with CRLF', spki(rsa.publicKey).replaceAll('\n', '\r\n')],
    ['with literal \\r\\n', spki(rsa.publicKey).replaceAll('\n', String.raw`\r\n`)],
    ['without the last line end', spki(rsa.publicKey).trimEnd()],
    ['in PKCS#1', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ])('is read %s', (_, text) => {
    const keys = publicKeysOf(text);
    expect(keys.map((key) => key.equals(rsa.publicKey))).toEqual([true]);
  });

  it.each([
    ['line ends', (text: string) => text],
    ['literal \\n', (text: string) => text.replaceAll('\n', String.raw`\n`)],
    ['nothing between', (text: string) => text.replaceAll('-----\n-----', '----------')],
    [
      'words between',
      (text: string) => `of last year:\n${text.replace('-----\n-----', '-----\nof this year:\n-----')}`,
    ],
  ])('may be several PEM blocks after each other, with %s', (_, written) => {
    const pair = [rsa.publicKey, ed25519.publicKey];
    const keys = publicKeysOf(written(pair.map(spki).join('')));
    expect(keys.map((key, index) => key.equals(pair[index] ?? rsa.publicKey))).toEqual([true, true]);
  });

  it.each([
    ['a private key', pkcs8Pem, 'private key'],
    [
      'a private key beside the public one',
      spki(p256.publicKey) + sec1Pem,
      'holds a public key and a private key; give',
    ],
    ['a private key after a public one', spki(rsa.publicKey) + pkcs8Pem, 'private key'],
    [
      'a certificate after a key',
      `${spki(rsa.publicKey)}${CERTIFICATE}`,
      'holds a public key and a certificate instead of',
    ],
    ['a damaged key after a sound one', spki(rsa.publicKey) + DAMAGED, 'holds a public key that is damaged'],
    ['a short RSA key after a sound one', spki(rsa.publicKey) + spki(short.publicKey), '2048 bits'],
    ['more than sixteen keys', spki(p256.publicKey).repeat(17), 'at most 16'],
    ['a certificate', CERTIFICATE, 'holds a certificate instead of public keys in PEM'],
    ['no PEM', 'not a key at all', 'holds no PEM instead of'],
    ['an OpenSSH key', `ssh-ed25519 ${'AAAA'.repeat(17)} me@here`, 'holds an OpenSSH public key instead of'],
    ['a JWK', JSON.stringify(p256.publicKey.export({ format: 'jwk' })), 'holds a JWK instead of'],
    [
      'base64 alone, in lines',
      spki(rsa.publicKey)
        .replaceAll(/-----[^-]+-----/g, '')
        .replaceAll('\n', String.raw`\n`),
      'holds base64 without its BEGIN and END lines instead of',
    ],
    ['an encrypted private key', encryptedPem, 'holds an encrypted private key; give the public key alone'],
    ['a damaged key', DAMAGED, 'holds a public key that is damaged'],
    ['a short RSA key', spki(short.publicKey), '2048 bits'],
    ['a key for RSA-PSS alone', spki(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey), 'plain RSA'],
    ['an Ed448 key', spki(generateKeyPairSync('ed448').publicKey), 'Ed25519'],
    ['an X25519 key', spki(generateKeyPairSync('x25519').publicKey), 'Ed25519'],
    ['a key on another curve', spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), 'P-256'],
  ])('is not %s', (_, text, reason) => {
    const line = refusal(() => publicKeysOf(text));
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
    expect(configuration.tokens.secrets.map((each) => each.expose())).toEqual([new TextEncoder().encode(secret)]);
  });

  it('is not a PEM, which everybody may know', () => {
    expect(refusal(() => loadConfiguration({ JWT_SECRET: spki(rsa.publicKey) }))).toContain('JWT_PUBLIC_KEY');
  });

  it('has no white space around it, which files and shells add unseen', () => {
    expect(refusal(() => loadConfiguration({ JWT_SECRET: 'sdlkfj39fj-dkfj3kdfj\n' }))).toMatch(/^JWT_SECRET must /);
  });

  it('may be several, one a line, with commas and spaces in them', () => {
    const [one, other] = ['Kq7, with a comma', 'and = signs; 9xW'];
    expect(secretsOf(`${one}\n${other}`)).toEqual([one, other].map((text) => Buffer.from(text)));
    expect(secretsOf(`${one}\r\n${other}`)).toHaveLength(2);
  });

  it('is bytes where it says base64, in either alphabet, with or without padding', () => {
    const bytes = Buffer.from('fbff00fe3f10a9c2d4e5b6', 'hex');
    const spellings = [
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('base64').replace(/=+$/, ''),
    ];
    expect(new Set(spellings).size).toBe(3);
    for (const text of spellings) expect(secretsOf(`base64:${text}`)).toEqual([bytes]);
    expect(secretsOf('Zm9vYmFy')).toEqual([Buffer.from('Zm9vYmFy')]);
  });

  it.each([
    ['base64:', 'base64'],
    ['base64:not base64', 'base64'],
    ['base64:Zm9v!', 'base64'],
    ['base64:Zm9vY', 'base64'],
    ['base64:Zh', 'base64'],
    ['base64: Zm9v', 'base64'],
    ['one-secret-8Hk2\n\nother-secret-5Lp', 'one secret a line'],
    ['one-secret-8Hk2\n other-secret-5Lp', 'one secret a line'],
    [Array.from({ length: 17 }, (_, index) => `secret-${index}-xK`).join('\n'), 'at most 16'],
  ])('is not %j', (text, reason) => {
    const line = refusal(() => secretsOf(text));
    expect(line).toMatch(/^JWT_SECRET must /);
    expect(line).toContain(reason);
    expect(line).not.toContain(text.slice(7, 20) || 'nothing');
  });
});
