import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoints } from '../../../src/audit/log/checkpoints.js';
import { parseVkey } from '../../../src/audit/tlog/verifier-key.js';
import { startWitness } from '../../../src/audit/witness/start-witness.js';
import type { RunningWitness } from '../../../src/audit/witness/start-witness.js';
import { loadConfiguration } from '../../../src/config/load-configuration.js';
import { startServer } from '../../../src/server.js';
import type { RunningServer } from '../../../src/server.js';
import { startFailure } from '../../../src/start/start-failure.js';
import { servedFrom } from '../../start/served-directory.js';
import type { Environment } from '../../start/served-directory.js';
import { ApiClient, successOf } from '../../support/api-client.js';
import { tokenFor } from '../../support/shared-secret.js';
import { TestClock } from '../../support/test-clock.js';

/** Services and witnesses of one test, on ports of the loopback, with folders that go with it. */
export class WitnessedWorld {
  readonly root = mkdtempSync(join(tmpdir(), 'kms-witnessed-'));
  readonly data = join(this.root, 'data');
  readonly clock = new TestClock();
  readonly logged: string[] = [];
  readonly #servers: RunningServer[] = [];
  readonly #witnesses: RunningWitness[] = [];

  environment(more: Environment, data = this.data): Environment {
    return {
      ...servedFrom(data),
      LOG_LEVEL: 'info',
      AUDIT_ORIGIN: 'kms.example/audit',
      AUDIT_CHECKPOINT_SECONDS: '3600',
      ...more,
    };
  }

  async serve(more: Environment = {}, data = this.data): Promise<RunningServer> {
    const logSink = { write: (line: string) => this.logged.push(line) };
    const server = await startServer(loadConfiguration(this.environment(more, data)), { clock: this.clock, logSink });
    this.#servers.push(server);
    return server;
  }

  /** The one line with which a start is refused. */
  async refusal(more: Environment, data = this.data): Promise<string> {
    const started = await this.serve(more, data).catch(startFailure);
    if (typeof started !== 'string') throw new Error('the start was not refused');
    return started;
  }

  /** @param logs vkeys of the logs that it knows */
  async witness(name: string, logs: readonly string[], port = 0): Promise<RunningWitness> {
    const witness = await startWitness({
      host: '127.0.0.1',
      port,
      logs: logs.map((vkey) => parseVkey(vkey, 'vkey')),
      state: join(this.root, name, 'state'),
      key: join(this.root, `${name}.key`),
      name: `witness.example/${name}`,
      nowSeconds: () => Math.floor(this.clock.nowMilliseconds() / 1000),
      say: () => undefined,
    });
    this.#witnesses.push(witness);
    return witness;
  }

  copyData(to: string): string {
    const copy = join(this.root, to);
    cpSync(this.data, copy, { recursive: true });
    return copy;
  }

  putBack(copy: string): void {
    rmSync(this.data, { recursive: true });
    cpSync(copy, this.data, { recursive: true });
  }

  async close(server: RunningServer): Promise<void> {
    this.#servers.splice(this.#servers.indexOf(server), 1);
    await server.close();
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) await server.close();
    for (const witness of this.#witnesses) await witness.close().catch(() => undefined);
    rmSync(this.root, { recursive: true });
  }
}

export const asked = (...witnesses: readonly RunningWitness[]): Environment => ({
  AUDIT_WITNESS_URLS: witnesses.map(({ port, vkey }) => `http://127.0.0.1:${port} ${vkey}`).join(' '),
});

export const alice = ({ url }: RunningServer): ApiClient => new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') });

export const anybody = ({ url }: RunningServer): ApiClient => new ApiClient(url);

export async function vkeyOf(server: RunningServer): Promise<string> {
  return successOf<{ checkpoints: string }>(await anybody(server).get('/audit/key')).checkpoints;
}

export async function warningsOf(server: RunningServer): Promise<string> {
  const { warnings = [] } = successOf<{ warnings?: string[] }>(await anybody(server).get('/health/ready'));
  return warnings.filter((line) => line.startsWith('witnesses')).join('\n');
}

/** Signs a checkpoint of what is new, and has the witnesses asked, to the end. */
export async function checkpoint({ app }: RunningServer): Promise<void> {
  const checkpoints = app.get(Checkpoints);
  // Who asks while they are being asked is not served.
  await checkpoints.witnessed;
  await checkpoints.make();
  await checkpoints.witnessed;
}
