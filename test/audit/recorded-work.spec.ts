import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../../src/audit/audit-trail.js';
import { EntryStatement } from '../../src/audit/entry-statement.js';
import { SigningDecisions } from '../../src/audit/signing-decisions.js';
import { RecordedWork } from '../../src/audit/recorded-work.js';
import type { Done } from '../../src/audit/recorded-work.js';
import type { ClientId, PublicKeyHex } from '../../src/crypto/key-names.js';
import type { Transaction } from '../../src/database/transaction.js';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import type { Actor } from '../../src/identity/actor.js';
import type { UserId } from '../../src/identity/user-id.js';
import { keep, migratedDatabase, orphan } from '../database/migrated-database.js';
import type { MigratedDatabase } from '../database/migrated-database.js';
import { rowGuard } from '../support/row-guard.js';
import { TestClock } from '../support/test-clock.js';

const ACTOR: Actor = { userId: 'alice' as UserId, requestId: 'r' };
const SUBJECT = { clientId: 'c' as ClientId, publicKeyHex: 'k' as PublicKeyHex };

let database: MigratedDatabase;
let recorded: RecordedWork;
beforeEach(async () => {
  database = await migratedDatabase();
  const clock = new TestClock();
  const entries = new EntryStatement(clock, 'strict');
  const guard = rowGuard();
  const audit = new AuditTrail(entries, new SigningDecisions(entries, clock, guard), guard);
  recorded = new RecordedWork(new SqliteUnitOfWork(database.dataSource), audit);
});
afterEach(() => database.close());

/** Writes a row beside its entry: `share-key`, and behind it `split-key`. */
const write = (
  row: string,
  then: (transaction: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<string> =>
  recorded.write(ACTOR, 'share-key', async (transaction): Promise<Done<string>> => {
    await keep(row, transaction);
    await then(transaction);
    return {
      result: row,
      subject: SUBJECT,
      further: [{ action: 'split-key', subject: { clientId: SUBJECT.clientId } }],
    };
  });

const entries = (): Promise<unknown> =>
  database.dataSource.query(
    'SELECT actor_id, request_id, action, outcome, client_id, public_key FROM audit_record ORDER BY id',
  );

const refuse = (action: string): Promise<unknown> =>
  database.execute(
    `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.action' = '${action}'
      BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
  );

describe('recorded work', () => {
  it('resolves with the result when it is durable, and leaves its entries in their order', async () => {
    expect(await write('done')).toBe('done');
    expect(database.committed()).toEqual(['done']);
    const of = { actor_id: 'alice', request_id: 'r', outcome: 'approved', client_id: 'c' };
    expect(await entries()).toEqual([
      { ...of, action: 'share-key', public_key: 'k' },
      { ...of, action: 'split-key', public_key: null },
    ]);
  });

  it.each(['share-key', 'split-key'])('is undone when its entry %s cannot be written', async (action) => {
    await refuse(action);
    await expect(write('undone')).rejects.toMatchObject({ code: 'AUDIT.UNAVAILABLE' });
    expect(database.committed()).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it('leaves no entry when the commit fails', async () => {
    await expect(write('lost', orphan)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
    expect(database.committed()).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it('rejects with what the work threw and leaves no entry', async () => {
    const refusal = new Error('not this one');
    await expect(write('refused', () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(database.committed()).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it('that fails leaves what shares its commit alone', async () => {
    const [refused, done] = await Promise.allSettled([
      write('refused', () => Promise.reject(new Error('no'))),
      write('done'),
    ]);
    expect([refused.status, done.status]).toEqual(['rejected', 'fulfilled']);
    expect(database.committed()).toEqual(['done']);
    expect(await entries()).toHaveLength(2);
  });
});
