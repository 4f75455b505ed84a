import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { ApiClient, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';

const ROUNDS = 4;
const SEED = 20_261_129;

const directory = mkdtempSync(join(tmpdir(), 'kms-freeze-'));
const start = (): Promise<BuiltServer> =>
  startBuilt({ DATA_DIR: directory, JWT_SECRET: SHARED_SECRET, LOG_LEVEL: 'silent' });

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  rmSync(directory, { recursive: true, force: true });
});

const ownerAt = ({ url }: BuiltServer): ApiClient => new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') });

async function kill(server: BuiltServer): Promise<void> {
  server.process.kill('SIGKILL');
  await server.ended;
}

it('a freeze that was answered holds when the process is killed, until a thaw that was answered', async () => {
  let server = await start();
  const { wallet, key } = await splitWallet(ownerAt(server));
  const sign = (text: string): Promise<Answer> => signMessage(new ApiClient(server.url), heldKey(key), sha3(text));
  const frozen = successOf(await ownerAt(server).post(`/freeze/${wallet.client_id}`));
  await kill(server);
  server = await start();
  expect((await sign('frozen')).json).toMatchObject({ status: 400, code: 'SPLIT_KEY.FROZEN' });
  expect(successOf(await ownerAt(server).post(`/freeze/${wallet.client_id}`))).toStrictEqual(frozen);
  successOf(await ownerAt(server).post(`/thaw/${wallet.client_id}`));
  await kill(server);
  server = await start();
  successOf(await sign('thawed'));
  await stopBuilt(server);
}, 60_000);

it(`the wallet is as the record says, and as was answered, when the process is killed ${ROUNDS} times while it changes`, async () => {
  const random = numbersFrom(SEED);
  let server = await start();
  const { wallet } = await splitWallet(ownerAt(server));
  const { client_id: clientId } = wallet;
  let before: Pick<Seen, 'standing' | 'version'> = { standing: 'thawed', version: 1 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const killing = killAfter(server, 20 + random() * 400);
    const answered = await toggleUntilCut(ownerAt(server), clientId, before.standing === 'frozen');
    await killing;
    const { standing, version, said } = lookAt(clientId);
    // The first version came with the split key.
    expect(said.map(({ isChange }) => isChange).filter(Boolean)).toHaveLength(version - 1);
    expect(standing).toBe(said.at(-1)?.after === true ? 'frozen' : 'thawed');
    // What was under way may have been done or not.
    expect([answered, answered + 1]).toContain(version - before.version);
    before = { standing, version };
    server = await start();
  }
  expect(before.version).toBeGreaterThan(ROUNDS);
  await stopBuilt(server);
}, 120_000);

/** Freezes and thaws by turns, each of which is a change; says how many were answered. */
async function toggleUntilCut(owner: ApiClient, clientId: string, isFrozen: boolean): Promise<number> {
  for (let answered = 0; ; answered += 1) {
    const verb = (answered % 2 === 1) === isFrozen ? 'freeze' : 'thaw';
    try {
      successOf(await owner.post(`/${verb}/${clientId}`));
    } catch (error) {
      // What `fetch` says of a cut connection; whatever else it is must fail the test.
      if (!/^TypeError: (fetch failed|terminated)/.test(String(error))) throw error;
      return answered;
    }
  }
}

async function killAfter(server: BuiltServer, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await kill(server);
}

interface Seen {
  readonly standing: string;
  readonly version: number;
  readonly said: readonly { readonly after: boolean; readonly isChange: boolean }[];
}

/** The row, and what the record says of it. */
function lookAt(clientId: string): Seen {
  const database = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  try {
    const row = database.prepare('SELECT standing, version FROM auth_freezes WHERE client_id = ?').get(clientId);
    const facts = database
      .prepare<[string], string>(
        `SELECT facts FROM audit_record
          WHERE client_id = ? AND "action" IN ('freeze', 'thaw') AND outcome = 'approved' ORDER BY id`,
      )
      .pluck()
      .all(clientId);
    const said = facts.map((text) => {
      const { before, after } = (JSON.parse(text) as { is_frozen: { before: boolean; after: boolean } }).is_frozen;
      return { after, isChange: after !== before };
    });
    // None, where it was killed before the first.
    return { standing: 'thawed', version: 0, ...(row as Partial<Seen> | undefined), said };
  } finally {
    database.close();
  }
}
