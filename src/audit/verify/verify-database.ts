import { DatabaseSource, cannotVerify } from './database-source.js';
import type { TrustedLog } from './trusted-log.js';
import { RecordVerification } from './verify-record.js';
import type { GivenEvidence, RecordReport } from './record-report.js';

/**
 * Verifies the record in a database file, as `kms audit verify` does: that the entries are those that the log has signed,
 * as far as checkpoints cover them. Reads only, also beside a running service. It answers within the call: some
 * seconds for a million entries. Throws `CannotVerifyError` for what it cannot look at.
 *
 * @param log whom to trust: for the caller to know, never for the database to say
 */
export function verifyDatabase(file: string, log: TrustedLog, given: GivenEvidence = {}): RecordReport {
  const source = DatabaseSource.open(file);
  try {
    return new RecordVerification(source, log, given).run();
  } catch (error) {
    throw cannotVerify(error);
  } finally {
    source.close();
  }
}
