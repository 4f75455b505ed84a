import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { decisionsBefore, SigningHistory } from '../../src/audit/signing-history.js';
import type { CountedShare } from '../../src/auth/persistence/counts/sqlite-usage.js';
import { Statements } from '../../src/database/statements.js';
import type { Facts } from '../../src/restrictions/facts/facts.js';
import { CountingWorld } from '../auth/persistence/counts/counted-key.js';
import { plansOf } from '../auth/persistence/counts/query-plans.js';
import { factsOf, message, transfer } from '../restrictions/evaluation/asks.js';
import { insertEntry } from '../support/entry-texts.js';

let world: CountingWorld;
let share: CountedShare;
let history: SigningHistory;
beforeEach(async () => {
  world = await CountingWorld.open();
  share = await world.newKey();
  history = new SigningHistory(world.unitOfWork);
});
afterEach(() => world.close());

describe('the decisions on the signatures of a split key', () => {
  it('are told approved and refused, the newest first, with what was asked', async () => {
    const other = await world.newKey();
    const asked = [factsOf(transfer({ value: 7n })), factsOf(message('shown')), factsOf(transfer({ to: '' }))];
    await world.write((statements) => {
      for (const [index, facts] of asked.entries()) {
        world.clock.setMilliseconds(1_000 + index);
        world.record(other, facts, statements);
        world.record(share, facts, statements, index === 1 ? 'SIGNING.NOT_ALLOWED' : undefined);
        // Again: no entry.
        world.record(share, facts, statements, index === 1 ? 'SIGNING.NOT_ALLOWED' : undefined);
      }
    });
    const told = (facts: Facts | undefined, index: number): unknown => ({
      id: 2 * index + 2,
      atMs: 1_000 + index,
      kind: facts?.kind,
      hash: facts?.hash,
      facts,
      outcome: index === 1 ? 'denied' : 'approved',
      code: index === 1 ? 'SIGNING.NOT_ALLOWED' : undefined,
      policyRevision: 1,
    });
    const all = asked.map(told).reverse();
    expect(await history.newest(share, 10)).toEqual(all);
    expect(await history.newest(share, 2)).toEqual(all.slice(0, 2));
    expect(await history.newest(await world.newKey(), 10)).toEqual([]);
  });

  it('are told as many as are wanted, however many slices it takes', async () => {
    await world.write((statements) => {
      for (let index = 0; index < 450; index++)
        world.record(share, factsOf(transfer({ value: BigInt(index) })), statements);
    });
    const ids = async (most: number): Promise<number[]> => (await history.newest(share, most)).map(({ id }) => id);
    expect(await ids(430)).toEqual(Array.from({ length: 430 }, (_, index) => 450 - index));
    expect(await ids(1_000)).toHaveLength(450);
    expect(await plansOf(world.database, 'SELECT', /FROM audit_entries/)).toEqual([
      'SEARCH audit_entries USING INDEX audit_entries_signing (<expr>=? AND rowid<?)',
    ]);
  });

  it('are told of entries without facts, and of damaged ones, which hinder no others', async () => {
    const about = { action: 'sign-message', client_id: share.clientId, public_key: share.publicKeyHex };
    await world.write((statements) => {
      for (const [signed_hash, facts] of [
        ['01', undefined],
        ['02', { asked: { text: 'seen' } }],
        ['03', '{'],
        ['04', { asked: { text: 'shown' }, policy_revision: 4 }],
      ] as const) {
        insertEntry({ ...about, signed_hash, facts }, statements);
      }
    });
    const found = await history.newest(share, 10);
    expect(found.map(({ hash, facts }) => [hash, typeof facts === 'object' ? 'facts' : facts])).toEqual([
      ['04', 'facts'],
      ['03', 'unreadable'],
      ['02', 'unreadable'],
      ['01', undefined],
    ]);
    expect(found[0]).toMatchObject({ policyRevision: 4 });
  });

  it('are told of an entry that is no text any more, as one that cannot be read', async () => {
    await world.write((statements) => {
      for (const value of [1n, 2n]) world.record(share, factsOf(transfer({ value })), statements);
    });
    await world.database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    const { file } = world.database;
    const bytes = readFileSync(file);
    // The pages of a table fill from their end: what was written last comes first.
    const last = bytes.indexOf('{"action":"sign-transaction"');
    writeFileSync(file, Buffer.concat([bytes.subarray(0, last), Buffer.from('?'), bytes.subarray(last + 1)]));
    const connection = new BetterSqlite3(file, { readonly: true });
    const { decisions } = decisionsBefore(share, 100, 10, new Statements(connection));
    connection.close();
    expect(decisions.map(({ id, outcome }) => [id, outcome])).toEqual([
      [2, 'approved'],
      [1, 'approved'],
    ]);
    expect(decisions.map(({ facts }) => typeof facts)).toEqual(['string', 'object']);
  });
});
