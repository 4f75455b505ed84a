import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import type { Refusal } from '../../../src/auth/signing/refusal.js';
import { policyOfList } from '../../../src/restrictions/policy/policy-and-list.js';
import { ledgerWorld } from './ledger-world.js';
import type { LedgerWorld } from './ledger-world.js';

let world: LedgerWorld;
beforeEach(async () => {
  world = await ledgerWorld();
});
afterEach(() => world.database.close());

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `hash ${index}`);
const decideAll = (all: readonly string[]): Promise<Refusal | undefined>[] => all.map((name) => world.decide(name));
const statusesOf = async (decisions: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(decisions)).map(({ status }) => status);

describe('the signing ledger', () => {
  it.each([1, 2, 64])('decides %d that wait together in one transaction', async (count) => {
    expect(await Promise.all(decideAll(names(count)))).toEqual(names(count).map(() => undefined));
    expect(world.newCommits()).toBe(1);
    expect(await world.recorded()).toEqual(names(count));
    expect(await world.lastUsed()).toEqual([world.clock.nowSeconds(), 0]);
  });

  it.each([
    [65, 2],
    [200, 4],
  ])('decides every one of %d, in %d transactions', async (count, commits) => {
    expect(await Promise.all(decideAll(names(count)))).toEqual(names(count).map(() => undefined));
    expect(world.newCommits()).toBe(commits);
    expect(await world.recorded()).toEqual(names(count));
  });

  it('refuses one of a batch and records the others', async () => {
    await world.setPolicy('share 1', policyOfList([]));
    const decisions = [
      world.decide('first'),
      world.decide('refused', { shareId: 'share 1' }),
      world.decide('unknown', { shareId: 'share 7' }),
      world.decide('last'),
    ];
    expect(await Promise.all(decisions)).toEqual([
      undefined,
      {
        code: 'SIGNING.NOT_ALLOWED',
        message:
          "the split key's restrictions do not allow this: messages-not-allowed: the key signs no messages of 32 " +
          'bytes, which may be the hash of any transaction',
        rule: { rule: 'messages', reason: 'messages-not-allowed', retryAfterSeconds: undefined },
        by: expect.objectContaining({ revision: 2 }) as unknown,
      },
      { code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' },
      undefined,
    ]);
    expect(await world.recorded()).toEqual(['first', 'last']);
  });

  it('decides on what was committed before, not on what was true when it was asked', async () => {
    const order = { lane: 'protective', holder: 'alice' } as const;
    const revoked = world.unitOfWork.write((transaction) => world.shares.revoke('share 0', transaction), order);
    const decisions = [world.decide('late'), world.decide('other', { shareId: 'share 1' })];
    await revoked;
    expect((await Promise.all(decisions)).map((refusal) => refusal?.code)).toEqual(['SPLIT_KEY.REVOKED', undefined]);
    expect(await world.recorded()).toEqual(['other']);
  });

  it('decides those who come while a transaction runs in the next', async () => {
    // What comes over HTTP comes from outside the unit of work that is open.
    const outside = AsyncLocalStorage.snapshot();
    const late: Promise<Refusal | undefined>[] = [];
    world.clock.atNextLook(() => {
      outside(() => late.push(...decideAll(names(5))));
    });
    await world.decide('early');
    expect(await Promise.all(late)).toEqual(names(5).map(() => undefined));
    expect(late).toHaveLength(5);
    expect(world.newCommits()).toBe(2);
    expect(await world.recorded()).toEqual(['early', ...names(5)]);
  });
});

describe('a ledger that cannot write', () => {
  const SPOILERS = [
    ['the record refuses one of them', 'ABORT'],
    ['SQLite ends the transaction at one of them', 'ROLLBACK'],
  ] as const;

  it.each(SPOILERS)('approves none when %s, and goes on afterwards', async (_, how) => {
    await world.database.execute(
      `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.signed_hash' = 'hash 40'
        BEGIN SELECT RAISE(${how}, 'spoiled'); END`,
    );
    const decisions = decideAll(names(64));
    expect(await statusesOf(decisions)).toEqual(names(64).map(() => 'rejected'));
    await expect(decisions[0]).rejects.toMatchObject({ code: 'AUDIT.UNAVAILABLE' });
    expect(await world.recorded()).toEqual([]);
    expect(await world.lastUsed()).toEqual([0, 0]);

    expect(await Promise.all(decideAll(['again']))).toEqual([undefined]);
    expect(await world.recorded()).toEqual(['again']);
  });

  it('tells all who wait when no transaction can be opened, and goes on afterwards', async () => {
    await world.database.execute('PRAGMA busy_timeout = 0');
    const other = new BetterSqlite3(world.database.file);
    other.exec('BEGIN IMMEDIATE');
    expect(await statusesOf(decideAll(names(100)))).toEqual(names(100).map(() => 'rejected'));
    other.exec('ROLLBACK');
    other.close();
    expect(await world.recorded()).toEqual([]);
    expect(await Promise.all(decideAll(names(3)))).toEqual([undefined, undefined, undefined]);
    expect(await world.recorded()).toEqual(names(3));
  });
});
