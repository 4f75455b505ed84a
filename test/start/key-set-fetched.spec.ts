import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/clock/clock.js';
import { type ConnectProxy, startConnectProxy } from '../identity/connect-proxy.js';
import { type HttpsIssuer, ISSUER_CERTIFICATE, startHttpsIssuer } from '../identity/https-issuer.js';
import { jwk, KEYS } from '../identity/issuer.js';
import { compact, eddsa } from '../identity/token-maker.js';
import { type BuiltServer, ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

const TARGET = 'issuer.test:443';
const nowSeconds = new SystemClock().nowSeconds();
const TOKEN = compact(
  { alg: 'EdDSA', kid: 'k' },
  { sub: 'alice', exp: nowSeconds + 600 },
  eddsa(KEYS.ed25519.privateKey),
);

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
  readonly reasons?: Readonly<Record<string, string>>;
}

/** What readiness says once the first attempt to fetch the key set has ended. */
async function readiness(server: BuiltServer): Promise<Readiness & { code: number }> {
  for (;;) {
    const response = await fetch(`${server.url}/health/ready`);
    const answer = (await response.json()) as Readiness;
    if (answer.status === 'ready' || answer.reasons?.['key_set']?.includes(':') === true) {
      return { ...answer, code: response.status };
    }
    await pause(20);
  }
}

const statusWithToken = async (server: BuiltServer): Promise<number> =>
  (await fetch(`${server.url}/wallets`, { headers: { 'X-Jwt-Token': TOKEN } })).status;

describe('a key set behind a proxy', () => {
  let issuer: HttpsIssuer;
  let proxy: ConnectProxy;
  let directory: string;
  beforeAll(async () => {
    ensureBuilt();
    issuer = await startHttpsIssuer({ keys: [jwk(KEYS.ed25519.publicKey, { kid: 'k' })] });
    proxy = await startConnectProxy({ [TARGET]: issuer.port });
    directory = mkdtempSync(join(tmpdir(), 'kms-ca-'));
    writeFileSync(join(directory, 'ca.pem'), ISSUER_CERTIFICATE);
  }, 240_000);
  afterAll(async () => {
    killLeftovers();
    removeDataDirectories();
    rmSync(directory, { recursive: true });
    await proxy.close();
    await issuer.close();
  });

  const start = (environment: Record<string, string>): Promise<BuiltServer> =>
    startBuilt({
      DATA_DIR: newDataDirectory(),
      JWT_JWKS_URL: 'https://issuer.test/keys',
      NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem'),
      ...environment,
    });

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'is fetched through %s at the start, with its user and password',
    async (name) => {
      const [connects, requests] = [proxy.asked.length, issuer.requests()];
      const server = await start({ [name]: `http://kms:hunter%2022@127.0.0.1:${proxy.port}`, NO_PROXY: 'other.test' });
      expect(await readiness(server)).toMatchObject({ code: 200, checks: { key_set: 'ready' } });
      expect(await statusWithToken(server)).toBe(200);
      const authorization = `Basic ${Buffer.from('kms:hunter 22').toString('base64')}`;
      expect(proxy.asked.slice(connects)).toEqual([{ target: TARGET, authorization }]);
      expect(issuer.requests()).toBe(requests + 1);
      await stopBuilt(server);
      expect(server.stdout() + server.stderr()).not.toContain('hunter');
    },
  );

  it.each(['issuer.test', '.test', 'a.example, issuer.test:443', '*'])(
    'is asked for directly where NO_PROXY is %s',
    async (noProxy) => {
      const connects = proxy.asked.length;
      const server = await start({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: noProxy });
      const { code, checks, reasons } = await readiness(server);
      expect({ code, keySet: checks['key_set'] }).toEqual({ code: 503, keySet: 'not ready' });
      expect(reasons?.['key_set']).toMatch(
        /^the key set has not been fetched yet: its endpoint cannot be reached \(E[A-Z_]+\)$/,
      );
      expect(proxy.asked).toHaveLength(connects);
      await stopBuilt(server);
    },
  );

  it('says why when the proxy refuses, and starts all the same', async () => {
    const server = await start({
      HTTPS_PROXY: `http://kms:hunter22@127.0.0.1:${proxy.port}`,
      JWT_JWKS_URL: 'https://elsewhere.test/keys',
    });
    const { code, reasons } = await readiness(server);
    expect(code).toBe(503);
    expect(reasons?.['key_set']).toMatch(/cannot be reached/);
    expect(await statusWithToken(server)).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    await stopBuilt(server);
    expect(server.stdout()).toMatch(/the key set at JWT_JWKS_URL could not be fetched, and is tried again/);
    for (const hidden of ['hunter22', 'elsewhere.test'])
      expect(server.stdout() + server.stderr()).not.toContain(hidden);
  });

  it('is not believed under a certificate that nobody vouches for', async () => {
    const server = await start({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NODE_EXTRA_CA_CERTS: '' });
    const { code, reasons } = await readiness(server);
    expect(code).toBe(503);
    expect(reasons?.['key_set']).toMatch(/\((DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)\)$/);
    await stopBuilt(server);
  });
});
