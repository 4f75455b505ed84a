import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadLocalSecrets } from '../../src/config/local-secrets.js';
import { startWarnings } from '../../src/config/start-warnings.js';
import { refusal, temporaryDirectory } from './environment.js';
import { CERTIFICATE } from './tls-files.js';

const ONE = '9f2c4e8a1b7d3056e4c1a9f80b6d2e73';
const OTHER = 'cd51f7a0338e4b9690a2b4c6d8e0f1a3';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function fileWith(content: string | Uint8Array, mode = 0o600): string {
  const file = join(temporaryDirectory(), 'keys');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

const secretsOf = (content: string | Uint8Array): string[] =>
  loadConfiguration({ JWT_SECRET_FILE: fileWith(content) }).tokens.secrets.map((secret) =>
    Buffer.from(secret.expose()).toString(),
  );

describe('JWT_SECRET_FILE', () => {
  it.each([
    ['with a line end', `${ONE}\n`, [ONE]],
    ['without one', ONE, [ONE]],
    ['with two', `${ONE}\n\n`, [ONE]],
    ['saved on Windows', `\ufeff${ONE}\r\n${OTHER}\r\n`, [ONE, OTHER]],
    ['with several secrets, the new one first', `${ONE}\n${OTHER}\n`, [ONE, OTHER]],
    ['with an empty line between', `${ONE}\n\n${OTHER}\n`, [ONE, OTHER]],
    ['with base64', `base64:${Buffer.from(ONE).toString('base64')}\n`, [ONE]],
  ])('is read %s', (_, content, secrets) => {
    expect(secretsOf(content)).toEqual(secrets);
  });

  it('is read when its group may read it, as orchestrators mount secrets', () => {
    const file = fileWith(ONE, 0o440);
    expect(loadConfiguration({ JWT_SECRET_FILE: file }).tokens.secrets).toHaveLength(1);
  });

  it('stands for JWT_SECRET in production and where tokens are minted', () => {
    const [file, key] = [
      fileWith(`${ONE}\n${OTHER}\n`),
      fileWith('3b1f8e0c9a7d6254f0e1d2c3b4a5968778695a4b3c2d1e0f1122334455667788'),
    ];
    const configuration = loadConfiguration({
      NODE_ENV: 'production',
      DATABASE: ':memory:',
      JWT_SECRET_FILE: file,
      SEALING_KEY_FILE: key,
    });
    expect(Buffer.from(loadLocalSecrets(configuration).jwtSecret?.expose() ?? []).toString()).toBe(ONE);
  });

  it.each([
    ['one that is a placeholder', `${ONE}\nchangeme-secret-key\n`, /^JWT_SECRET_FILE is a placeholder/],
    ['one that is short', `${ONE}\n${OTHER.slice(0, 15)}\n`, /^JWT_SECRET_FILE must be at least 16 bytes/],
    ['a placeholder in base64', `base64:${Buffer.from('changeme-secret-key').toString('base64')}`, /is a placeholder/],
    ['repeated bytes in base64', `base64:${Buffer.alloc(32, 0xfe).toString('base64')}`, /is a placeholder/],
  ])('is refused in production with %s, and warned of elsewhere', (_, content, refused) => {
    const environment = { JWT_SECRET_FILE: fileWith(content), SEALING_KEY_FILE: '/run/secrets/sealing-key' };
    expect(refusal(() => loadConfiguration({ ...environment, NODE_ENV: 'production' }))).toMatch(refused);
    const warnings = startWarnings(loadConfiguration(environment));
    expect(warnings).toEqual([expect.stringMatching(/^JWT_SECRET_FILE (is a placeholder|has fewer than 32 bytes)/)]);
  });

  it('with random bytes in base64 is no placeholder, whatever letters are among them', () => {
    const file = fileWith(`base64:${Buffer.from('61fffe8081828384858687888990919293', 'hex').toString('base64')}`);
    const environment = { NODE_ENV: 'production', JWT_SECRET_FILE: file, SEALING_KEY_FILE: '/run/secrets/sealing-key' };
    expect(loadConfiguration(environment).tokens.secrets).toHaveLength(1);
  });

  it.each([
    ['is not there', () => join(temporaryDirectory(), 'missing')],
    ['is a directory', () => temporaryDirectory()],
    ['is empty', () => fileWith('')],
    ['holds line ends alone', () => fileWith('\n\n')],
    ['holds bytes that are no text', () => fileWith(Uint8Array.of(0xff, 0xfe, 0x80))],
    ['holds white space around a secret', () => fileWith(` ${ONE}\n`)],
    ['holds a public key', () => fileWith(PEM)],
    ['may be read by everybody', () => fileWith(ONE, 0o644)],
    ['may be written by its group', () => fileWith(ONE, 0o660)],
  ])('is refused when it %s, by name and without its path or content', (_, file) => {
    const path = file();
    const line = refusal(() => loadConfiguration({ JWT_SECRET_FILE: path }));
    expect(line).toMatch(/^JWT_SECRET_FILE /);
    for (const hidden of [path, ONE]) expect(line).not.toContain(hidden);
  });

  it('is not set beside JWT_SECRET, even with the same secret', () => {
    const line = refusal(() => loadConfiguration({ JWT_SECRET: ONE, JWT_SECRET_FILE: fileWith(ONE) }));
    expect(line).toBe('JWT_SECRET_FILE must not be set beside JWT_SECRET; put all keys into one of them');
  });
});

describe('JWT_PUBLIC_KEY_FILE', () => {
  it('is read also when everybody may read it', () => {
    const { publicKeys } = loadConfiguration({ JWT_PUBLIC_KEY_FILE: fileWith(PEM + PEM, 0o644) }).tokens;
    expect(publicKeys.map((key) => key.equals(publicKey))).toEqual([true, true]);
  });

  it.each([
    ['is not there', () => join(temporaryDirectory(), 'missing')],
    ['is a pipe', pipe],
    ['is a directory', () => temporaryDirectory()],
    ['is empty', () => fileWith('')],
    ['holds a private key', () => fileWith(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())],
    ['may be written by its group', () => fileWith(PEM, 0o664)],
    ['may be written by everybody', () => fileWith(PEM, 0o646)],
    ['is too large', () => fileWith(PEM + ' '.repeat(65_536))],
  ])('is refused when it %s, by name', (_, file) => {
    expect(refusal(() => loadConfiguration({ JWT_PUBLIC_KEY_FILE: file() }))).toMatch(/^JWT_PUBLIC_KEY_FILE /);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'is an empty file'],
    ['line ends', '\n\n', 'holds nothing but white space instead of public keys in PEM (BEGIN PUBLIC KEY)'],
    ['a key in DER', publicKey.export({ type: 'spki', format: 'der' }), 'holds DER, not PEM instead of'],
    ['a certificate in DER', new X509Certificate(CERTIFICATE).raw, 'holds a certificate in DER, not PEM instead of'],
    ['a key in UTF-16', Buffer.from(`\ufeff${PEM}`, 'utf16le'), 'holds text in UTF-16 instead of'],
    ['a Java keystore', Buffer.from('feedfeed00000002', 'hex'), 'holds a Java keystore instead of'],
  ])('is refused with what it holds instead: %s', (_, content, said) => {
    const line = refusal(() => loadConfiguration({ JWT_PUBLIC_KEY_FILE: fileWith(content) }));
    expect(line).toContain(`JWT_PUBLIC_KEY_FILE ${said}`);
  });

  it('is not set beside JWT_PUBLIC_KEY', () => {
    const both = { JWT_PUBLIC_KEY: PEM, JWT_PUBLIC_KEY_FILE: fileWith(PEM) };
    expect(refusal(() => loadConfiguration(both))).toMatch(
      /^JWT_PUBLIC_KEY_FILE must not be set beside JWT_PUBLIC_KEY/,
    );
  });
});

/** One that nobody writes to. */
function pipe(): string {
  const directory = temporaryDirectory();
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'pipe');
  execFileSync('mkfifo', ['-m', '600', file]);
  return file;
}
