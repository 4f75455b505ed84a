import { expect } from '@jest/globals';
import { problemOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { sendMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';

/** Some signers race something that ends what a split key may sign; the rest come when it has been acknowledged. */
export interface Race {
  readonly server: TestServer;
  readonly key: HeldKey;
  /** Resolves when the end is acknowledged. */
  readonly end: () => Promise<unknown>;
  /** What every refused signer must be told. */
  readonly code: string;
  /** How many signers have been answered, and how many more have been sent, when the end is asked for. */
  readonly answeredFirst: number;
  readonly sentFirst: number;
  /** Resolves when those that were sent have come as far as they should have before the end is asked for. */
  readonly untilUnderWay?: () => Promise<void>;
  /** Ask for the end only when one of those that race has been answered, while the others' batches are under way. */
  readonly endAfterFirstAnswer?: boolean;
  readonly racing: number;
  readonly late: number;
}

/** How many of the racing signers got a signature. Fails the test if a late one did. */
export async function runRace(race: Race): Promise<number> {
  const { server, key, code } = race;
  const client = await walletClient();
  // Another hash for each signer, as each approval of a new one has an entry of its own. Made before the race.
  const requests = Array.from({ length: race.racing + race.late }, (_, index) => {
    const hash = sha3(`${index} ${key.userPublicKey}`);
    return { hash, partial: client.sign(key.userShare, hash) };
  });
  const send = (count: number): Promise<Answer>[] =>
    requests.splice(0, count).map(({ hash, partial }) => sendMessage(server.anonymous(), key, hash, partial));

  const answered = await Promise.all(send(race.answeredFirst));
  const underWay = race.untilUnderWay?.();
  const first = send(race.sentFirst);
  await underWay;
  const rest = race.racing - race.answeredFirst - race.sentFirst;
  const racing = race.endAfterFirstAnswer === true ? [...first, ...send(rest)] : first;
  if (race.endAfterFirstAnswer === true) await Promise.race(racing);
  const ending = race.end();
  if (race.endAfterFirstAnswer !== true) racing.push(...send(rest));
  await ending;
  for (const answer of await Promise.all(send(race.late))) expect(problemOf(answer).code).toBe(code);
  const answers = [...answered, ...(await Promise.all(racing))];
  const signed = answers.filter(({ status }) => status === 200);
  for (const answer of answers) if (answer.status !== 200) expect(problemOf(answer).code).toBe(code);
  return signed.length;
}

/**
 * The ids of a wallet's entries in the record: approved signatures, and `action`s that ended them. There must be just
 * one of those, or none for an end that is not a request.
 */
export async function recordOf(
  server: TestServer,
  clientId: string,
  action: string,
): Promise<{ signed: readonly number[]; ended: readonly number[]; signedAtMs: readonly number[] }> {
  const rows = await server
    .dataSource()
    .query<{ id: number; action: string; at_ms: number }[]>(
      `SELECT id, action, at_ms FROM audit_record WHERE client_id = ? AND outcome = 'approved' ORDER BY id`,
      [clientId],
    );
  const signed = rows.filter((row) => row.action === 'sign-message');
  return {
    signed: signed.map(({ id }) => id),
    signedAtMs: signed.map(({ at_ms }) => at_ms),
    ended: rows.filter((row) => row.action === action).map(({ id }) => id),
  };
}
