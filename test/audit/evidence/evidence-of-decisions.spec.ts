import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import type { Evidence } from '../../../src/audit/entry-evidence.js';
import { parseEntryId } from '../../../src/audit/entry-id.js';
import { parsePromise } from '../../../src/audit/promises/entry-promise.js';
import { verifyPromise } from '../../../src/audit/promises/verify-promise.js';
import { policyOfList } from '../../../src/restrictions/policy/policy-and-list.js';
import { ledgerWorld } from '../../auth/curve-workers/ledger-world.js';
import type { LedgerWorld } from '../../auth/curve-workers/ledger-world.js';
import { ORIGIN } from '../tlog/given-signers.js';
import { trust } from '../promises/given-promises.js';
import { COVERED_DECISIONS } from '../../../src/audit/covered-tables.js';

let world: LedgerWorld;
beforeEach(async () => {
  world = await ledgerWorld();
});
afterEach(() => world.database.close());

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `hash ${index}`);

async function evidenceOf(name: string, shareId = 'share 0'): Promise<Evidence> {
  const outcome = await world.decideWithEvidence(name, { shareId });
  if (outcome.refusal !== undefined || outcome.evidence === undefined) throw new Error(`no evidence of ${name}`);
  return outcome.evidence;
}

/** The entry that an id leads to, as another process sees it. */
function entryAt(id: string): { readonly text: string; readonly salt: string; readonly signedHash: string } {
  const reader = new BetterSqlite3(world.database.file, { readonly: true });
  try {
    const text = reader
      .prepare<[number], string>('SELECT entry FROM audit_entries WHERE id = ?')
      .pluck()
      .get(parseEntryId(id)?.id ?? 0);
    if (text === undefined) throw new Error('no entry');
    const { salt, signed_hash: signedHash } = JSON.parse(text) as { salt: string; signed_hash: string };
    return { text, salt, signedHash };
  } finally {
    reader.close();
  }
}

/** That the evidence is of the entry of this name, and holds. */
function expectOf(name: string, { entry, promise }: Evidence): void {
  const { text, salt, signedHash } = entryAt(entry);
  expect(signedHash).toBe(name);
  expect(parseEntryId(entry)?.salt).toBe(salt);
  expect(verifyPromise(promise, Buffer.from(text), { ...trust, origin: ORIGIN })).toMatchObject({
    holds: true,
    atMilliseconds: world.clock.nowMilliseconds(),
    mergeDelaySeconds: 86_400,
  });
}

describe('evidence of approved signatures', () => {
  it.each([1, 2, 3, 64])(
    'is given to each of %d that are decided together, by one signature for all',
    async (count) => {
      const given = await Promise.all(names(count).map((name) => evidenceOf(name)));
      expect(world.newCommits()).toBe(1);
      for (const [index, evidence] of given.entries()) expectOf(`hash ${index}`, evidence);
      expect(new Set(given.map(({ promise }) => parsePromise(promise, 'promise').note)).size).toBe(1);
      expect(new Set(given.map(({ entry }) => entry)).size).toBe(count);
    },
  );

  it('is of no other one where some of a group are refused', async () => {
    await world.setPolicy('share 1', policyOfList([]));
    const [first, refused, , last] = await Promise.all([
      world.decideWithEvidence('first'),
      world.decideWithEvidence('refused', { shareId: 'share 1' }),
      world.decideWithEvidence('unknown', { shareId: 'share 7' }),
      world.decideWithEvidence('last'),
    ]);
    expect(refused).not.toHaveProperty('evidence');
    for (const [name, outcome] of [['first', first] as const, ['last', last] as const]) {
      if (outcome.refusal !== undefined || outcome.evidence === undefined) throw new Error(`no evidence of ${name}`);
      expectOf(name, outcome.evidence);
    }
  });

  it('is signed when the entries are durable, and not before', async () => {
    const { log } = world;
    const { epoch } = log;
    let seen: unknown;
    Object.defineProperty(log, 'epoch', {
      get: () => {
        const reader = new BetterSqlite3(world.database.file, { readonly: true });
        seen = reader.prepare('SELECT count(*) FROM audit_entries').pluck().get();
        reader.close();
        return epoch;
      },
    });
    await Promise.all(names(3).map((name) => evidenceOf(name)));
    expect(seen).toBe(3);
  });

  it('is not given of what was undone', async () => {
    await world.database.execute(
      `CREATE TRIGGER spoiled BEFORE INSERT ON audit_entries WHEN NEW.entry ->> '$.signed_hash' = 'hash 2'
        BEGIN SELECT RAISE(ABORT, 'spoiled'); END`,
    );
    let asked = 0;
    Object.defineProperty(world.log, 'epoch', { get: () => (asked += 1) });
    const outcomes = await Promise.allSettled(names(3).map((name) => evidenceOf(name)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(0);
  });
});

describe('evidence of what was decided before', () => {
  it('is of the first entry, and promises the same leaf anew', async () => {
    const first = await evidenceOf('again');
    world.clock.advanceSeconds(5);
    const second = await evidenceOf('again');
    expect(second.entry).toBe(first.entry);
    expectOf('again', second);
    expect(parsePromise(second.promise, 'promise').leaf).toEqual(parsePromise(first.promise, 'promise').leaf);
    expect(await world.recorded()).toEqual(['again']);
  });

  it('is of one entry where the same is asked for many times at once', async () => {
    const given = await Promise.all(Array.from({ length: 64 }, () => evidenceOf('same')));
    expect(new Set(given.map(({ entry }) => entry)).size).toBe(1);
    for (const evidence of given) expectOf('same', evidence);
    expect(await world.recorded()).toEqual(['same']);
  });

  it('is of the entry of its own split key', async () => {
    const one = await evidenceOf('both');
    const other = await evidenceOf('both', 'share 1');
    expect(other.entry).not.toBe(one.entry);
    expect(await evidenceOf('both')).toMatchObject({ entry: one.entry });
  });

  it('is absent where an earlier release decided it, which did not keep the entry', async () => {
    await evidenceOf('old');
    await world.database.execute('DROP TRIGGER signing_decisions_are_not_changed');
    // With the code that its first start on this release gave it.
    await world.unitOfWork.writeAtOnce((statements) => {
      const digest = statements.first<{ digest: Buffer }>('SELECT digest FROM signing_decisions')?.digest ?? null;
      const mac = world.guard.codeOf(COVERED_DECISIONS, { digest, entry_id: null });
      statements.runOne('UPDATE signing_decisions SET entry_id = NULL, mac = ?', mac);
    });
    expect(await world.decideWithEvidence('old')).toEqual({ evidence: undefined });
    expectOf('new', await evidenceOf('new'));
  });

  it.each([
    ['has been deleted', 'DELETE FROM audit_entries WHERE id = 1'],
    ['has lost its random bytes', `UPDATE audit_entries SET entry = json_remove(entry, '$.salt') WHERE id = 1`],
    ['has others than ours', `UPDATE audit_entries SET entry = json_set(entry, '$.salt', 'short') WHERE id = 1`],
    ['has become a list', `UPDATE audit_entries SET entry = '["salt"]' WHERE id = 1`],
    ['is no JSON', `UPDATE audit_entries SET entry = '{' WHERE id = 1`],
  ])('is refused to one, and to none beside, where the entry %s', async (_, sql) => {
    await evidenceOf('lost');
    await world.database.execute('PRAGMA ignore_check_constraints = ON');
    for (const what of ['changed', 'deleted']) {
      await world.database.execute(`DROP TRIGGER audit_entries_are_not_${what}`);
    }
    // They would read the text.
    for (const what of ['signing', 'wallet', 'lent', 'rows'])
      await world.database.execute(`DROP INDEX audit_entries_${what}`);
    await world.database.execute(sql);
    const [lost, other] = await Promise.allSettled([evidenceOf('lost'), evidenceOf('other')]);
    expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'AUDIT.NO_EVIDENCE' } });
    if (other.status !== 'fulfilled') throw new Error('the other one has none');
    expectOf('other', other.value);
  });
});

describe('a signature of which nothing can be promised', () => {
  it('is not answered, and is when the same is asked again', async () => {
    const { epoch } = world.log;
    world.log.epoch = { ...epoch, origin: 'no origin' };
    await expect(world.decideWithEvidence('mute')).rejects.toMatchObject({ code: 'AUDIT.NO_EVIDENCE' });
    expect(await world.recorded()).toEqual(['mute']);
    world.log.epoch = epoch;
    expectOf('mute', await evidenceOf('mute'));
    expect(await world.recorded()).toEqual(['mute']);
  });
});
