import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { refusal, temporaryDirectory } from './environment.js';
import { CERTIFICATE, KEY, writeTlsFiles } from './tls-files.js';

function file(content: string): string {
  const path = join(temporaryDirectory(), 'file.pem');
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

function keyPem(passphrase?: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}

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
    ['a key for a certificate', () => ({ TLS_CERT_FILE: file(KEY) }), /^TLS_CERT_FILE holds no certificate/],
    ['a certificate for a key', () => ({ TLS_KEY_FILE: file(CERTIFICATE) }), /^TLS_KEY_FILE holds no unencrypted/],
    ['an encrypted key', () => ({ TLS_KEY_FILE: file(keyPem('passphrase')) }), /^TLS_KEY_FILE holds no unencrypted/],
    ['the key of another certificate', () => ({ TLS_KEY_FILE: file(keyPem()) }), /^TLS_KEY_FILE is not the key of/],
  ])('refuses %s', (_, changes, expected) => {
    const { certificate, key } = writeTlsFiles(temporaryDirectory());
    const environment = { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, ...changes() };
    expect(refusal(() => loadConfiguration(environment))).toMatch(expected);
  });
});
