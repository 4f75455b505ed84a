import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import { heldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { slowCurveWork } from './curve-work.js';
import type { CurveWork } from './curve-work.js';
import { recordOf, runRace } from './signing-race.js';

const ROUNDS = 200;
const RACING = 14;
const LATE = 6;

let server: TestServer;
let work: CurveWork;
beforeAll(async () => {
  server = await startTestServer({ DATABASE: '', LOG_LEVEL: 'silent' });
  work = slowCurveWork(server, (nth) => nth % 7);
});
afterAll(() => server.stop());

describe('revoking', () => {
  it(`is final in ${ROUNDS} races with ${RACING + LATE} signers each`, async () => {
    const owner = server.as('owner');
    let [signedInAll, answeredInAll] = [0, 0];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { wallet, key } = await splitWallet(owner);
      const signed = await runRace({
        server,
        key: heldKey(key),
        end: async () => successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key })),
        code: 'SPLIT_KEY.REVOKED',
        answeredFirst: round % 3,
        sentFirst: round % 11,
        // The workers are quick, but one revocation is quicker than a signature: give some signatures a head start.
        untilUnderWay: () => work.untilComputed(Math.min(round % 5, round % 11)),
        endAfterFirstAnswer: round % 2 === 1,
        racing: RACING,
        late: LATE,
      });
      const record = await recordOf(server, wallet.client_id, 'revoke-key');
      const [revokedAt] = record.ended;
      expect(record.ended).toHaveLength(1);
      expect(record.signed).toHaveLength(signed);
      expect(record.signed.filter((id) => id > (revokedAt ?? 0))).toEqual([]);
      signedInAll += signed;
      answeredInAll += round % 3;
    }
    // Otherwise nothing raced: some racers got their signature, and for some it was computed and then thrown away.
    expect(signedInAll).toBeGreaterThan(answeredInAll + ROUNDS / 2);
    expect(work.computed()).toBeGreaterThan(signedInAll);
  }, 180_000);
});
