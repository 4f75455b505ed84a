import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { askService } from '../../src/cli/kms/ask-service.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { whileTesting } from '../start/served-directory.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { ApiClient, Answer } from '../support/api-client.js';
import { keyWithPolicy } from '../support/key-with-policy.js';
import { signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import type { TestServer } from '../support/test-server.js';
import { transfer } from '../support/transactions.js';
import type { WireWallet } from '../support/wire-types.js';

afterAll(removeDataDirectories);

let directory: string;
let wallet: WireWallet;
let key: HeldKey;
let nonce: number;
beforeEach(async () => {
  directory = newDataDirectory();
  nonce = 0;
  await whileTesting(directory, async (server) => {
    ({ wallet, key } = await keyWithPolicy(server.as('alice'), { limits: [{ kind: 'total', max_value: '100' }] }));
    successOf(await pay(server, '10'));
  });
});

function pay(server: TestServer, value: string): Promise<Answer> {
  nonce += 1;
  return signTransaction(server.anonymous(), key, { ...transfer(wallet, value), transaction_nonce: String(nonce) });
}

function inDatabase<T>(work: (connection: BetterSqlite3.Database) => T): T {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  try {
    connection.pragma('foreign_keys = OFF');
    return work(connection);
  } finally {
    connection.close();
  }
}

const DECIDING = ['vault_wallets', 'vault_split_keys', 'auth_server_shares', 'auth_freezes'] as const;
const COUNTED = ['auth_counters', 'auth_counts'] as const;

type Row = Record<string, unknown>;

/** Whoever has copied the rows, with their codes, and writes them back over what came later. */
class Copy {
  readonly #rows: ReadonlyMap<string, readonly Row[]>;

  constructor(connection: BetterSqlite3.Database, tables: readonly string[]) {
    this.#rows = new Map(
      tables.map((table) => [table, connection.prepare<[], Row>(`SELECT * FROM ${table}`).all()] as const),
    );
  }

  putBack(connection: BetterSqlite3.Database): void {
    const trigger = 'auth_counts_are_not_deleted';
    const sql = connection
      .prepare<[string], string>('SELECT sql FROM sqlite_master WHERE name = ?')
      .pluck()
      .get(trigger);
    connection.exec(`DROP TRIGGER ${trigger}`);
    for (const [table, rows] of this.#rows) {
      connection.exec(`DELETE FROM ${table}`);
      const hidden = connection.prepare<[], { name: string; hidden: number }>(`PRAGMA table_xinfo(${table})`).all();
      const columns = hidden.filter((column) => column.hidden === 0).map(({ name }) => name);
      const insert = connection.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const row of rows) insert.run(...columns.map((column) => row[column]));
    }
    connection.exec(sql ?? '');
  }
}

const named = (owner: ApiClient): ApiClient => owner.with({ 'X-Peer-Public-Key': key.userPublicKey });

/** What an owner does, which somebody with the file in hand wants undone. */
const CHANGES: Readonly<Record<string, (server: TestServer) => Promise<unknown>>> = {
  'revoked the split key': (server) =>
    server.as('alice').post(`/revoke/${wallet.client_id}`, { public_key: key.userPublicKey }),
  'froze the wallet': (server) => server.as('alice').post(`/freeze/${wallet.client_id}`),
  'restricted the split key': (server) =>
    named(server.as('alice')).put(`/restrictions/${wallet.client_id}`, { restrictions: ['message_signing'] }),
  'deleted the wallet': (server) => server.as('alice').post(`/delete/${wallet.client_id}`),
};

async function toldRows(server: TestServer): Promise<readonly string[]> {
  const told = (await server.audit()).filter(({ action }) => action === 'find-altered-row');
  return told.map(({ facts }) => (JSON.parse(facts ?? '{}') as { altered: { table: string } }).altered.table);
}

describe('rows that are put back with their codes', () => {
  it.each(Object.entries(CHANGES))('after their owner %s sign nothing from the next start on', async (_, change) => {
    const copy = inDatabase((connection) => new Copy(connection, DECIDING));
    await whileTesting(directory, async (server) => {
      successOf((await change(server)) as Answer);
      expect((await pay(server, '1')).status).not.toBe(200);
    });
    inDatabase((connection) => {
      copy.putBack(connection);
    });
    await whileTesting(directory, async (server) => {
      expect(problemOf(await pay(server, '1'), 500).code).toBe('RECORD.ALTERED');
      expect((await toldRows(server)).length).toBeGreaterThan(0);
      const ready = successOf<{ warnings?: string[] }>(await server.anonymous().get('/health/ready'));
      expect(ready.warnings?.join()).toContain('rows: altered behind the back of the service');
    });
  });

  it('are found by kms verify while the service runs, and sign nothing from then on', async () => {
    await whileTesting(directory, async (server) => {
      const socket = join(directory, 'operator.sock');
      expect(await askService(socket, 'verify-rows')).toMatchObject({ untrue: 0, found: [] });
      const copy = inDatabase((connection) => new Copy(connection, DECIDING));
      successOf(await server.as('alice').post(`/freeze/${wallet.client_id}`));
      inDatabase((connection) => {
        copy.putBack(connection);
      });
      // A code says that the row was written by the service, and this one was.
      successOf(await pay(server, '1'));
      const name = `auth_freezes alice ${wallet.client_id}`;
      expect(await askService(socket, 'verify-rows')).toMatchObject({
        untrue: 1,
        found: [{ row: name, why: 'older than the record tells' }],
      });
      expect(problemOf(await pay(server, '1'), 500).code).toBe('RECORD.ALTERED');
    });
  });

  it('are no counts of a limit from the next start on', async () => {
    const copy = inDatabase((connection) => new Copy(connection, COUNTED));
    await whileTesting(directory, async (server) => {
      successOf(await pay(server, '90'));
    });
    inDatabase((connection) => {
      copy.putBack(connection);
    });
    await whileTesting(directory, async (server) => {
      expect(problemOf(await pay(server, '90'), 500).code).toBe('RECORD.ALTERED');
      expect(await toldRows(server)).toEqual(['auth_counters']);
    });
  });

  it('are no counts of a limit from kms verify on, which counts again', async () => {
    await whileTesting(directory, async (server) => {
      const copy = inDatabase((connection) => new Copy(connection, COUNTED));
      successOf(await pay(server, '90'));
      inDatabase((connection) => {
        copy.putBack(connection);
      });
      const found = await askService(join(directory, 'operator.sock'), 'verify-rows');
      expect(found).toMatchObject({ untrue: 1, found: [{ why: 'older than the record tells' }] });
      expect(problemOf(await pay(server, '1'), 500).code).toBe('RECORD.ALTERED');
    });
  });
});

describe('a freeze', () => {
  it('that came before the first split key is not undone by removing it', async () => {
    let frozen = '';
    await whileTesting(directory, async (server) => {
      const owner = server.as('bob');
      frozen = successOf<WireWallet>(await owner.post('/wallet'), 201).client_id;
      successOf(await owner.post(`/freeze/${frozen}`));
      inDatabase((connection) => connection.prepare('DELETE FROM auth_freezes WHERE client_id = ?').run(frozen));
      expect(problemOf(await owner.post(`/key/${frozen}`), 500).code).toBe('RECORD.ALTERED');
    });
    await whileTesting(directory, async (server) => {
      expect(problemOf(await server.as('bob').post(`/key/${frozen}`), 500).code).toBe('RECORD.ALTERED');
      expect(await toldRows(server)).toContain('auth_freezes');
    });
  });
});
