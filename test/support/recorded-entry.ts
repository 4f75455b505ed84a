import type { DataSource } from 'typeorm';

/** An entry of the record as the view `audit_record` shows it. */
export interface RecordedEntry {
  readonly id: number;
  readonly atMilliseconds: number;
  readonly requestId: string;
  readonly action: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly publicKey: string | null;
  readonly signedHash: string | null;
  readonly txnVerification: string;
  readonly clientRequestId: string | null;
  /** JSON */
  readonly facts: string | null;
}

/** The record, oldest first. */
export function recordIn(dataSource: DataSource): Promise<RecordedEntry[]> {
  return dataSource.query<RecordedEntry[]>(
    `SELECT id, at_ms AS atMilliseconds, request_id AS requestId, "action", outcome, code, actor_id AS actorId,
       client_id AS clientId, public_key AS publicKey, signed_hash AS signedHash, txn_verification AS txnVerification,
       client_request_id AS clientRequestId, facts FROM audit_record ORDER BY id`,
  );
}
