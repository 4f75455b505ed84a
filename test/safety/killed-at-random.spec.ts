import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeEntryId } from '../../src/audit/entry-id.js';
import { removeDataDirectories } from '../start/data-directories.js';
import { ensureBuilt, killLeftovers } from '../support/built-server.js';
import type { FoundAfterKills } from './found-after-kills.js';
import { killRounds } from './kill-rounds.js';
import type { KilledRounds } from './kill-rounds.js';
import { NotedAnswers } from './noted-answers.js';
import type { NotedSignature } from './noted-answers.js';

/** As many as fit; `killed-at-random.slow.spec.ts` has more. */
const ROUNDS = 4;
const SEED = 20_261_129;

let killed: KilledRounds;
let found: FoundAfterKills;
beforeAll(async () => {
  ensureBuilt();
  killed = await killRounds(ROUNDS, SEED);
  found = killed.look();
}, 480_000);
afterAll(() => {
  found.close();
  killLeftovers();
  removeDataDirectories();
});

it(`nothing that was answered is lost, half-made or told in two ways when the process is killed ${ROUNDS} times`, () => {
  expect(killed.wrong).toEqual([]);
  const { made, revoked, signatures, checkpoints } = killed.counts;
  for (const count of [made, revoked, signatures, checkpoints]) expect(count).toBeGreaterThan(0);
});

/** What would be found if clients had been told something else. */
describe('it would be found', () => {
  const told = (more: Partial<Pick<NotedAnswers, 'made' | 'revoked'>>): NotedAnswers =>
    Object.assign(new NotedAnswers(), more);
  const signed = (changed: Partial<NotedSignature>): string[] => {
    const [first] = killed.noted.signatures;
    if (first === undefined) throw new Error('nothing was signed');
    return found.signatures([{ ...first, ...changed }], killed.trust);
  };

  it('that a write was lost', () => {
    expect(found.writes(told({ made: ['ab'] }))).toEqual(['lost the split key ab']);
    const [live = ''] = killed.noted.signatures.map(({ publicKey }) => publicKey);
    expect(found.writes(told({ made: [live], revoked: [live] }))).toEqual([`lost the revocation of ${live}`]);
  });

  it('that a signature has no entry, another one, or another promise', () => {
    const last = killed.noted.signatures.at(-1);
    expect(signed({})).toEqual([]);
    expect(signed({ entryId: encodeEntryId({ id: 10 ** 9, salt: '0'.repeat(32) }) })).toEqual([
      expect.stringMatching(/^lost the entry/),
    ]);
    expect(signed({ hash: 'ab' })).toEqual(['another entry for the signature of ab']);
    expect(signed({ promise: last?.promise ?? '' })).toEqual([expect.stringMatching(/^broke the promise/)]);
  });

  it('that a checkpoint has another root, or an entry is behind the last', () => {
    const other = new NotedAnswers();
    other.checkpoints.add(`kms.example/audit\n1\n${Buffer.alloc(32).toString('base64')}\n`);
    expect(found.checkpoints(other)).toEqual([expect.stringMatching(/^a checkpoint of 1 has the root AAAA/)]);
    other.checkpoints.clear();
    other.checkpoints.add(`kms.example/audit\n1000000\n${Buffer.alloc(32).toString('base64')}\n`);
    expect(found.checkpoints(other)).toEqual([
      expect.stringContaining('not any'),
      expect.stringMatching(/^the last checkpoint has 1000000 of \d+ entries$/),
    ]);
  });
});
