import { join } from 'node:path';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startServer } from '../../src/server.js';
import { startFailure } from '../../src/start/start-failure.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireWallet } from '../support/wire-types.js';

export type Environment = Readonly<Record<string, string>>;

/** What a server needs to serve from a data directory, in development. */
export function servedFrom(directory: string): Environment {
  return { PORT: '0', DATA_DIR: directory, JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' };
}

/** Starts a whole service in this process, and stops it after `work`. */
export async function whileServing<T>(environment: Environment, work: (owner: ApiClient) => Promise<T>): Promise<T> {
  const server = await startServer(loadConfiguration({ PORT: '0', ...environment }));
  try {
    return await work(new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') }));
  } finally {
    await server.close();
  }
}

/** The same with a service that tests can look into, on the directory's own file. */
export async function whileTesting<T>(directory: string, work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startTestServer({
    DATA_DIR: directory,
    DATABASE: join(directory, 'kms.sqlite'),
    JWT_SECRET: SHARED_SECRET,
  });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/** The one line with which a start is refused. Fails when it is not. */
export async function refusalOf(environment: Environment): Promise<string> {
  const line = await whileServing(environment, () => Promise.resolve(undefined)).catch(startFailure);
  if (line === undefined || line.includes('\n')) throw new Error(`not refused in one line: ${String(line)}`);
  return line;
}

/** The names of alice's wallets, sorted. */
export function walletsOf(environment: Environment): Promise<string[]> {
  return whileServing(environment, async (owner) =>
    successOf<WireWallet[]>(await owner.get('/wallets'))
      .map(({ client_id }) => client_id)
      .sort(),
  );
}

export async function makeWallet(owner: ApiClient): Promise<string> {
  return successOf<WireWallet>(await owner.post('/wallet'), 201).client_id;
}
