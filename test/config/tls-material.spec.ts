import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { refusal, temporaryDirectory } from './environment.js';
import { CERTIFICATE, KEY, OTHER_CERTIFICATE, writeTlsFiles } from './tls-files.js';

function file(content: string | Uint8Array): string {
  const path = join(temporaryDirectory(), 'file.pem');
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

function keyPem(passphrase?: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}

const PUBLIC_KEY = createPublicKey(KEY).export({ type: 'spki', format: 'pem' }).toString();

/** A key that is encrypted in the way of old, with its cipher in the block's header. */
function encryptedOfOld(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const encryption = { cipher: 'aes-256-cbc', passphrase: 'passphrase' };
  return privateKey.export({ type: 'pkcs1', format: 'pem', ...encryption }).toString();
}

const block = (label: string): string => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;

/** The bytes of the one block in a PEM. */
const der = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64');

describe('TLS', () => {
  it('is off without files', () => {
    expect(loadConfiguration({}).tls).toBeUndefined();
  });

  it('is on with a certificate and its key, and the key does not print', () => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    const { tls } = loadConfiguration({ TLS_CERT_FILE: certificate, TLS_KEY_FILE: key });
    expect(tls?.certificatePem).toBe(CERTIFICATE);
    expect(Buffer.from(tls?.privateKeyPem.expose() ?? []).toString()).toBe(KEY);
    expect(inspect(tls, { depth: 9, showHidden: true })).not.toContain('PRIVATE KEY');
  });

  it('takes both files or neither', () => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    expect(refusal(() => loadConfiguration({ TLS_CERT_FILE: certificate }))).toMatch(/^TLS_KEY_FILE must be set/);
    expect(refusal(() => loadConfiguration({ TLS_KEY_FILE: key }))).toMatch(/^TLS_CERT_FILE must be set/);
  });

  it.each<[string, () => NodeJS.ProcessEnv, RegExp]>([
    ['a missing certificate', () => ({ TLS_CERT_FILE: '/nowhere/tls.crt' }), /^TLS_CERT_FILE .*cannot be read$/],
    ['a missing key', () => ({ TLS_KEY_FILE: '/nowhere/tls.key' }), /^TLS_KEY_FILE names a file that does not exist$/],
    ['the key of another certificate', () => ({ TLS_KEY_FILE: file(keyPem()) }), /^TLS_KEY_FILE is not the key of/],
  ])('refuses %s', (_, changes, expected) => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    const environment = { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, ...changes() };
    expect(refusal(() => loadConfiguration(environment))).toMatch(expected);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['an encrypted private key', keyPem('passphrase'), 'an encrypted private key'],
    ['an encrypted key of old', encryptedOfOld(), 'an encrypted private key'],
    ['a certificate', CERTIFICATE, 'a certificate'],
    ['a public key', PUBLIC_KEY, 'a public key'],
    ['a request', block('CERTIFICATE REQUEST'), 'a certificate request (CSR)'],
    ['an OpenSSH key', block('OPENSSH PRIVATE KEY'), 'an OpenSSH private key'],
    ['a PGP key', block('PGP PRIVATE KEY BLOCK'), 'a PGP block'],
    ['parameters', block('EC PARAMETERS'), "a curve's parameters"],
    ['an OpenSSH public key', `ssh-ed25519 ${'AAAA'.repeat(17)} me@here`, 'an OpenSSH public key'],
    ['DER', der(KEY), 'DER, not PEM'],
    ['a certificate in DER', der(CERTIFICATE), 'a certificate in DER, not PEM'],
    ['PKCS #12', Buffer.from('308209a702010330820900', 'hex'), 'a PKCS #12 file (.p12, .pfx)'],
    ['a Java keystore', Buffer.from('feedfeed00000002', 'hex'), 'a Java keystore'],
    ['a JWK', '{ "kty": "EC", "crv": "P-256" }', 'a JWK'],
    ['bare base64', der(KEY).toString('base64'), 'base64 without its BEGIN and END lines'],
    ['text in UTF-16', Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(KEY, 'utf16le')]), 'text in UTF-16'],
    ['white space', '\n\n', 'nothing but white space'],
    ['another text', 'placeholder', 'no PEM'],
  ])('says what TLS_KEY_FILE holds instead of a key: %s', (_, content, seen) => {
    const { certificate } = writeTlsFiles(temporaryDirectory());
    const line = refusal(() => loadConfiguration({ TLS_CERT_FILE: certificate, TLS_KEY_FILE: file(content) }));
    expect(line).toBe(`TLS_KEY_FILE holds ${seen} instead of a private key in PEM, unencrypted`);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a key', KEY, 'a private key'],
    ['a request', block('NEW CERTIFICATE REQUEST'), 'a certificate request (CSR)'],
    ['a bundle', block('PKCS7'), 'a PKCS #7 bundle'],
    ['a certificate in DER', der(CERTIFICATE), 'a certificate in DER, not PEM'],
  ])('says what TLS_CERT_FILE holds instead of a certificate: %s', (_, content, seen) => {
    const { key } = writeTlsFiles(temporaryDirectory());
    const line = refusal(() => loadConfiguration({ TLS_CERT_FILE: file(content), TLS_KEY_FILE: key }));
    expect(line).toBe(`TLS_CERT_FILE holds ${seen} instead of a certificate in PEM`);
  });

  it('tells a damaged file, an empty one and a chain in the wrong order from the wrong kind', () => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    const refused = (changes: NodeJS.ProcessEnv): string =>
      refusal(() => loadConfiguration({ TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, ...changes }));
    const damaged = CERTIFICATE.replace('MIIB', 'AAAA');
    expect(refused({ TLS_CERT_FILE: file(damaged) })).toBe('TLS_CERT_FILE holds a certificate that is damaged');
    expect(refused({ TLS_KEY_FILE: file(block('PRIVATE KEY')) })).toBe(
      'TLS_KEY_FILE holds a private key that is damaged',
    );
    expect(refused({ TLS_CERT_FILE: file('') })).toBe('TLS_CERT_FILE is an empty file');
    expect(refused({ TLS_KEY_FILE: file('') })).toBe('TLS_KEY_FILE is an empty file');
    const wrongOrder = file(OTHER_CERTIFICATE + CERTIFICATE);
    expect(refused({ TLS_CERT_FILE: wrongOrder })).toMatch(/^TLS_CERT_FILE must begin with the server's certificate/);
    const rightOrder = { TLS_CERT_FILE: file(CERTIFICATE + OTHER_CERTIFICATE), TLS_KEY_FILE: key };
    expect(loadConfiguration(rightOrder).tls).toBeDefined();
  });
});
