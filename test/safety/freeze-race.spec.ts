import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LANE_OF_ACTION } from '../../src/audit/lane-of-action.js';
import { successOf } from '../support/api-client.js';
import type { ApiClient } from '../support/api-client.js';
import { heldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { slowCurveWork } from './curve-work.js';
import type { CurveWork } from './curve-work.js';
import { recordOf, runRace } from './signing-race.js';

const ROUNDS = 40;
const RACING = 64;
const LATE = 6;

let server: TestServer;
let work: CurveWork;
beforeAll(async () => {
  server = await startTestServer({ DATABASE: '', LOG_LEVEL: 'silent' });
  work = slowCurveWork(server, (nth) => nth % 7);
});
afterAll(() => server.stop());

const freeze = (owner: ApiClient, clientId: string) => async (): Promise<unknown> =>
  successOf(await owner.post(`/freeze/${clientId}`));

describe('freezing', () => {
  it(`stops all that is decided after it, in ${ROUNDS} races with ${RACING} signers at once`, async () => {
    const owner = server.as('owner');
    let signedInAll = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { wallet, key } = await splitWallet(owner);
      const signed = await runRace({
        server,
        key: heldKey(key),
        end: freeze(owner, wallet.client_id),
        code: 'SPLIT_KEY.FROZEN',
        answeredFirst: round % 2,
        sentFirst: round % 2 === 0 ? RACING - 1 : round % 11,
        untilUnderWay: () => work.untilComputed(Math.min(round % 7, round % 11)),
        endAfterFirstAnswer: round % 4 === 3,
        racing: RACING,
        late: LATE,
      });
      const record = await recordOf(server, wallet.client_id, 'freeze');
      expect(record.ended).toHaveLength(1);
      expect(record.signed).toHaveLength(signed);
      expect(record.signed.filter((id) => id > (record.ended[0] ?? 0))).toEqual([]);
      signedInAll += signed;
    }
    // Otherwise nothing raced: some got their signature, and for some it was computed and then thrown away.
    expect(signedInAll).toBeGreaterThan(ROUNDS);
    expect(work.computed()).toBeGreaterThan(signedInAll);
  }, 180_000);

  it('and thawing by turns, each signature is decided while the wallet is thawed', async () => {
    const owner = server.as('turns');
    const { wallet } = await splitWallet(owner);
    for (let turn = 0; turn < 12; turn += 1) {
      // Another one each time, of which each signature has an entry of its own.
      const key = successOf<WireSplitKey>(await owner.post(`/key/${wallet.client_id}`), 201);
      await runRace({
        server,
        key: heldKey(key),
        end: freeze(owner, wallet.client_id),
        code: 'SPLIT_KEY.FROZEN',
        answeredFirst: 2,
        sentFirst: 8,
        racing: 16,
        late: 2,
      });
      successOf(await owner.post(`/thaw/${wallet.client_id}`));
    }
    const rows = await server
      .dataSource()
      .query<{ action: string }[]>(
        `SELECT action FROM audit_record WHERE client_id = ? AND outcome = 'approved' ORDER BY id`,
        [wallet.client_id],
      );
    let isFrozen = false;
    for (const { action } of rows) {
      if (action === 'freeze') isFrozen = true;
      if (action === 'thaw') isFrozen = false;
      if (action === 'sign-message') expect(isFrozen).toBe(false);
    }
    expect(rows.filter(({ action }) => action === 'sign-message').length).toBeGreaterThanOrEqual(24);
  }, 60_000);
});

describe('freeze and thaw that are sent at once', () => {
  it('wait in one lane, that of a revocation: there the calls of one user keep their order', () => {
    expect(LANE_OF_ACTION.freeze).toBe(LANE_OF_ACTION['revoke-key']);
    expect(LANE_OF_ACTION.thaw).toBe(LANE_OF_ACTION.freeze);
  });

  it('leave the wallet as the last entry of the record says', async () => {
    const owner = server.as('hasty');
    const { wallet } = await splitWallet(owner);
    const path = (verb: string): string => `/${verb}/${wallet.client_id}`;
    for (let round = 0; round < 20; round += 1) {
      const asked = [];
      for (const verb of ['freeze', 'thaw', 'freeze']) asked.push(owner.post(path(verb)));
      for (const answer of await Promise.all(asked)) successOf(answer);
      const [last] = (await server.audit()).slice(-1);
      const isFrozen = (JSON.parse(last?.facts ?? '') as Facts).is_frozen.after;
      const frozen = await server
        .dataSource()
        .query<{ standing: string }[]>('SELECT standing FROM auth_freezes WHERE client_id = ?', [wallet.client_id]);
      expect(frozen).toEqual([{ standing: isFrozen ? 'frozen' : 'thawed' }]);
    }
  });
});

interface Facts {
  readonly is_frozen: { readonly after: boolean };
}
