import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CERTIFICATE, writeTlsFiles } from '../../config/tls-files.js';
import { rawBytes, rawRequest } from '../../support/raw-http.js';
import type { RawAnswer } from '../../support/raw-http.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';

const TRUST = { ca: CERTIFICATE, servername: 'localhost' };

let server: TestServer;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kms-tls-'));
  const { certificate, key } = writeTlsFiles(directory);
  server = await startTestServer({
    TLS_CERT_FILE: certificate,
    TLS_KEY_FILE: key,
    ZVAULT_PORT: '0',
    ZAUTH_PORT: '0',
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const listeners = (): readonly string[] => [server.url, server.zvaultUrl ?? '', server.zauthUrl ?? ''];

const ask = (url: string, path: string, method = 'GET'): Promise<RawAnswer> =>
  rawRequest(url, { ...TRUST, method, path, headers: { 'X-Jwt-Token': server.token('alice') } });

/** The protocol that a handshake ends in, or the code with which it fails. */
function handshake(url: string, options: ConnectionOptions): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), ...TRUST, ...options }, () => {
      resolve(socket.getProtocol() ?? 'none');
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
}

describe('TLS_CERT_FILE and TLS_KEY_FILE', () => {
  it('make every listener speak HTTPS', async () => {
    for (const url of listeners()) expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(server.url, '/wallets')).status).toBe(200);
    expect((await ask(server.zvaultUrl ?? '', '/wallet', 'POST')).status).toBe(200);
    const unknown = await ask(server.zauthUrl ?? '', '/nothing');
    expect([unknown.status, unknown.text]).toEqual([404, 'there is no such route\n']);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('make every listener take %s', async (version) => {
    for (const url of listeners()) {
      expect(await handshake(url, { minVersion: version, maxVersion: version })).toBe(version);
    }
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('make every listener refuse %s', async (version) => {
    // Without the low security level this side would not even offer it.
    const offer = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' };
    for (const url of listeners()) expect(await handshake(url, offer)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('make every listener deaf to plain HTTP', async () => {
    for (const url of listeners()) {
      const answer = await rawBytes(url, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n').catch(() => '');
      expect(answer).not.toContain('200');
      expect(answer).not.toContain('live');
    }
  });

  it('make every answer tell browsers to stay on HTTPS', async () => {
    for (const url of listeners()) {
      const { headers } = await ask(url, '/nothing');
      expect(headers['strict-transport-security']).toMatch(/^max-age=[1-9]\d+/);
      expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    }
  });

  it('present the configured certificate, which nobody trusts who was not given it', async () => {
    for (const url of listeners()) {
      expect(await handshake(url, { ca: [] })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
    }
  });
});
