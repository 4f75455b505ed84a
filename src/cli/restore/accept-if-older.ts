import { acceptRollback } from '../../audit/accept-rollback.js';
import { readEpochs } from '../../audit/log/epochs.js';
import { knownHead, readHead, standingTo } from '../../audit/log/known-head.js';
import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { withDatabase } from '../../database/start-checks.js';
import { Statements } from '../../database/statements.js';

/**
 * Whoever restores a copy accepts that it is older than the last checkpoint of the log, if it is: that is recorded in the
 * copy. Returns the log's new name then; `undefined` where nothing was lost, and for a copy of an earlier release, whose
 * log begins with its first start. Throws `StartError`.
 */
export function acceptIfOlder(draft: string, configuration: KmsConfiguration): string | undefined {
  const known = knownHead(configuration.auditCheckpointFile);
  if (known === undefined) return undefined;
  const head = readHead(known);
  const standing = withDatabase(draft, { readonly: true }, (connection) => {
    const statements = new Statements(connection);
    const hasLog = statements.first("SELECT 1 FROM sqlite_master WHERE name = 'audit_epochs'") !== undefined;
    const epochs = hasLog ? readEpochs(statements) : [];
    return epochs.length === 0 ? 'has no log' : standingTo(head, epochs, statements);
  });
  if (standing !== 'is older' && standing !== 'is another') return undefined;
  return acceptRollback(draft, { known, head: undefined }, new SystemClock(), configuration.txnVerification).origin;
}
