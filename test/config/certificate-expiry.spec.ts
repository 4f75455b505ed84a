import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { expiryWarning } from '../../src/config/certificate-expiry.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startWarnings } from '../../src/config/start-warnings.js';
import { startTestServer } from '../support/test-server.js';
import { rawRequest } from '../support/raw-http.js';
import { CERTIFICATE, writeTlsFiles } from './tls-files.js';

const DAY = 86_400_000;
/** The end of the test's own certificate, as openssl shows it. */
const NOT_AFTER = Date.parse('2126-10-30T19:28:42Z');

const directory = mkdtempSync(join(tmpdir(), 'kms-expiry-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function withTls(): Record<string, string> {
  const { certificate, key } = writeTlsFiles(directory);
  return { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, DATA_DIR: join(directory, 'data') };
}

describe('a TLS certificate', () => {
  it('is warned of from 30 days before its end', () => {
    expect(expiryWarning(NOT_AFTER, NOT_AFTER - 30 * DAY)).toBeUndefined();
    expect(expiryWarning(NOT_AFTER, NOT_AFTER - 30 * DAY + 1)).toContain('expires in 29 days (2126-10-30T');
    expect(expiryWarning(NOT_AFTER, NOT_AFTER)).toContain('expires in 0 days');
    expect(expiryWarning(NOT_AFTER, NOT_AFTER + 1)).toContain('has expired');
  });

  it('is looked at when the service starts', () => {
    const configuration = loadConfiguration(withTls());
    const ofTls = (nowMs: number): string[] =>
      startWarnings(configuration, nowMs).filter((line) => line.includes('TLS'));
    expect(ofTls(NOT_AFTER - 31 * DAY)).toEqual([]);
    expect(ofTls(NOT_AFTER - DAY)).toEqual([expect.stringContaining('expires in 1 days')]);
  });

  it('tells the metrics when it ends; without TLS there is no such series', async () => {
    const server = await startTestServer(withTls());
    const { text } = await rawRequest(server.url, { path: '/metrics', ca: CERTIFICATE, servername: 'localhost' });
    expect(text).toContain(`\nkms_tls_certificate_not_after_seconds ${NOT_AFTER / 1000}\n`);
    await server.stop();
    const plain = await startTestServer();
    expect((await rawRequest(plain.url, { path: '/metrics' })).text).not.toContain('kms_tls_');
    await plain.stop();
  });
});
