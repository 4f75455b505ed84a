import { hash } from 'node:crypto';
import type { Answer } from '../support/api-client.js';
import type { RecordedEntry } from '../support/recorded-entry.js';
import type { TestServer } from '../support/test-server.js';
import type { TestTransaction } from '../support/transactions.js';

/** What a request answered, and every entry that the record gained by it. */
export async function recordedBy(
  server: TestServer,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; entries: RecordedEntry[] }> {
  const before = await server.audit();
  const answer = await ask();
  return { answer, entries: (await server.audit()).slice(before.length) };
}

/** A whole entry, so that a column which should be empty is seen to be so. */
export function entry(server: TestServer, answer: Answer, said: Partial<RecordedEntry>): Omit<RecordedEntry, 'id'> {
  return {
    atMilliseconds: server.clock.nowMilliseconds(),
    requestId: answer.headers.get('x-request-id') ?? 'the answer has none',
    action: '',
    outcome: 'approved',
    code: null,
    actorId: null,
    clientId: null,
    publicKey: null,
    signedHash: null,
    txnVerification: 'strict',
    clientRequestId: null,
    facts: null,
    ...said,
  };
}

/** The entries without their ids, which only count. */
export function withoutIds(entries: readonly RecordedEntry[]): Omit<RecordedEntry, 'id'>[] {
  return entries.map((row) => {
    const { id, ...rest } = row;
    if (!Number.isInteger(id)) throw new Error('an entry has no id');
    return rest;
  });
}

/** By which policy a signature was decided: its revision, and what it says, in the order in which a hash takes it. */
export function decidedBy(revision: number, policy: object = {}): object {
  return { policy_hash: hash('sha256', JSON.stringify(policy)), policy_revision: revision };
}

/** The facts of a message of which no text was sent, as docs/record.md has them. */
export function factsOfMessage(more = decidedBy(1)): string {
  return JSON.stringify({ asked: { text: 'not-shown' }, ...more });
}

/** The same of a transfer. */
export function factsOfTransfer(transaction: TestTransaction, more = decidedBy(1)): string {
  const asked = {
    creation_date: transaction.creation_date,
    nonce: transaction.transaction_nonce,
    operation: 'transfer',
    to_client_id: transaction.to_client_id,
    value: transaction.transaction_value,
  };
  return JSON.stringify({ asked, ...more });
}
