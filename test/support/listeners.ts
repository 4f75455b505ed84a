import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTlsFiles } from '../config/tls-files.js';
import type { ServerOptions } from '../../src/server.js';
import { startTestServer } from './test-server.js';
import type { TestServer } from './test-server.js';

/** A place where requests arrive, and the form of its errors. */
export interface Place {
  readonly name: string;
  readonly url: string;
  /** What paths begin with there. */
  readonly prefix: '' | '/zvault';
  readonly form: 'problem' | 'line';
}

/** A server with all three ports, plain or TLS. */
export interface Listening {
  readonly server: TestServer;
  readonly places: readonly Place[];
  stop(): Promise<void>;
}

export async function listenOnAll(
  { isTls }: { readonly isTls: boolean },
  environment: Record<string, string> = {},
  options: Pick<ServerOptions, 'timeouts'> = {},
): Promise<Listening> {
  const directory = mkdtempSync(join(tmpdir(), 'kms-listeners-'));
  const { certificate, key } = writeTlsFiles(directory);
  const tls = isTls ? { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key } : {};
  const server = await startTestServer({ ZVAULT_PORT: '0', ZAUTH_PORT: '0', ...tls, ...environment }, options);
  const { url, zvaultUrl = '', zauthUrl = '' } = server;
  return {
    server,
    places: [
      { name: 'PORT', url, prefix: '', form: 'problem' },
      { name: 'PORT below /zvault', url, prefix: '/zvault', form: 'line' },
      { name: 'ZVAULT_PORT', url: zvaultUrl, prefix: '', form: 'line' },
      { name: 'ZAUTH_PORT', url: zauthUrl, prefix: '', form: 'line' },
    ],
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true });
    },
  };
}
