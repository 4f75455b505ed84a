import type { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import type { Answer } from '../support/api-client.js';
import type { TestServer } from '../support/test-server.js';
import type { TestTransaction } from '../support/transactions.js';

/** What a request answered, and every entry that the record gained by it. */
export async function recordedBy(
  server: TestServer,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; entries: AuditEntryRow[] }> {
  const before = await server.audit();
  const answer = await ask();
  return { answer, entries: (await server.audit()).slice(before.length) };
}

/** A whole entry, so that a column which should be empty is seen to be so. */
export function entry(server: TestServer, answer: Answer, said: Partial<AuditEntryRow>): Omit<AuditEntryRow, 'id'> {
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
export function withoutIds(entries: readonly AuditEntryRow[]): Omit<AuditEntryRow, 'id'>[] {
  return entries.map((row) => {
    const { id, ...rest } = row;
    if (!Number.isInteger(id)) throw new Error('an entry has no id');
    return rest;
  });
}

/** The facts of a message of which no text was sent, as docs/record.md has them. */
export function factsOfMessage(more: object = { policy_revision: 1 }): string {
  return JSON.stringify({ asked: { text: 'not-shown' }, ...more });
}

/** The same of a transfer. */
export function factsOfTransfer(transaction: TestTransaction, more: object = { policy_revision: 1 }): string {
  const asked = {
    creation_date: transaction.creation_date,
    nonce: transaction.transaction_nonce,
    operation: 'transfer',
    to_client_id: transaction.to_client_id,
    value: transaction.transaction_value,
  };
  return JSON.stringify({ asked, ...more });
}
