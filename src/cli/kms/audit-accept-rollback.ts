import { acceptRollback } from '../../audit/accept-rollback.js';
import { knownHead } from '../../audit/log/known-head.js';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import { tell } from './leaf.js';
import type { Surroundings } from './terminal.js';

/**
 * Has the service start on a database that is older than what is known of its log, because the newer one is lost.
 * What was revoked or restricted since then signs again. Recorded. Rejects with `StartError`, also while the service runs.
 *
 * @param head the head that the refused start named
 */
export async function auditAcceptRollback(
  head: string,
  { json }: { readonly json?: true },
  around: Surroundings,
): Promise<number> {
  const configuration = loadConfiguration(around.environment);
  const known = knownHead(configuration.auditCheckpointFile);
  const clock = around.clock ?? new SystemClock();
  const { origin } = await onStoppedDatabase(configuration, around.error, (database) =>
    acceptRollback(database, { known, head }, clock, configuration.txnVerification),
  );
  const line = `accepted; the log goes on as ${origin}. What was revoked or restricted since then signs again: do it anew`;
  tell(around, json, { lines: [line], json: { origin } });
  return 0;
}
