import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadJwtSecret } from '../../src/config/local-secrets.js';
import type { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { startServer } from '../../src/server.js';
import type { RunningServer, ServerOptions } from '../../src/server.js';
import { ApiClient } from './api-client.js';
import { recordIn } from './recorded-entry.js';
import type { RecordedEntry } from './recorded-entry.js';
import { TestClock } from './test-clock.js';
import { mintTestToken } from './tokens.js';

/** A whole service, started as `main.ts` does it, on real ports of the loopback. */
export interface TestServer extends RunningServer {
  readonly clock: TestClock;
  readonly dataDirectory: string;
  /** Every line that was logged. */
  readonly log: readonly string[];
  /** A client with a valid token for `user`, on `baseUrl` (the documented API by default). */
  as(user: string, baseUrl?: string): ApiClient;
  /** A client without a token. */
  anonymous(baseUrl?: string): ApiClient;
  token(user: string): string;
  /** What tokens are minted with; undefined where only public keys check them. */
  readonly tokenSecret: SecretBytes | undefined;
  /** The record, oldest first. */
  audit(): Promise<RecordedEntry[]>;
  dataSource(): DataSource;
  /** Closes the server and removes its data directory. */
  stop(): Promise<void>;
}

/**
 * Starts a service with a data directory of its own. In-memory SQLite unless `environment` names a database;
 * the schema is always the migrations'. Every log line is kept, at the most talkative level.
 */
export async function startTestServer(
  environment: Record<string, string> = {},
  { timeouts }: Pick<ServerOptions, 'timeouts'> = {},
): Promise<TestServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'kms-test-'));
  const clock = new TestClock();
  const log: string[] = [];
  const configuration = loadConfiguration({
    PORT: '0',
    DATA_DIR: dataDirectory,
    DATABASE: ':memory:',
    LOG_LEVEL: 'trace',
    ...environment,
  });
  const server = await startServer(configuration, {
    clock,
    logSink: { write: (line) => log.push(line) },
    ...(timeouts === undefined ? {} : { timeouts }),
  });
  const dataSource = (): DataSource => server.app.get<DataSource>(getDataSourceToken());
  const tokenSecret = loadJwtSecret(configuration)?.secret;
  const token = (user: string): string => mintTestToken(tokenSecret, user, clock);
  return {
    ...server,
    clock,
    dataDirectory,
    log,
    tokenSecret,
    token,
    as: (user, baseUrl = server.url) => new ApiClient(baseUrl, { 'X-Jwt-Token': token(user) }),
    anonymous: (baseUrl = server.url) => new ApiClient(baseUrl),
    dataSource,
    audit: () => recordIn(dataSource()),
    stop: async () => {
      await server.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
