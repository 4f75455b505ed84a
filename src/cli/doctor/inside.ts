import { statSync } from 'node:fs';
import { knownHead, readHead, standingTo } from '../../audit/log/known-head.js';
import { readEpochs } from '../../audit/log/epochs.js';
import { shownNumber } from '../../audit/verify/finding.js';
import type { Clock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { closeCustody } from '../../data-keys/custody.js';
import { readKeyRings } from '../../data-keys/open-key-rings.js';
import { readBelievedTime } from '../../database/believed-time.js';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import { refuseForeignLog } from '../../database/foreign-log.js';
import { checkGuards } from '../../database/guards-check.js';
import { countMigrations } from '../../database/known-migrations.js';
import { migrations } from '../../database/migrations/all-migrations.js';
import { refuseOtherKeys } from '../../database/sealing-key-check.js';
import { withDatabase, withDatabaseOpen } from '../../database/start-checks.js';
import { Statements } from '../../database/statements.js';
import { checkStructure } from '../../database/structure-check.js';
import { configuredKeys, isPassphraseAsked, openConfiguredCustody } from '../../start/open-custody.js';
import type { Finding } from './finding.js';

type Findings = readonly Omit<Finding, 'name'>[];

/** Whether the file is sound, of this release, and guarded. Throws `StartError`, as a start would. */
export function structureFindings(
  { database }: KmsConfiguration,
  isServed: boolean,
  say: (line: string) => void,
): Findings {
  // The log of a running service is its own; reading both while they change could say otherwise.
  if (!isServed) refuseForeignLog(database);
  return withDatabase(database, { readonly: true }, (connection) => {
    const count = countMigrations(connection, database);
    if (count === 0) return [{ state: 'bad', text: `${database} has no tables: move it away, and kms init, once` }];
    checkStructure(connection, database, sizeOf(database) + sizeOf(besideDatabase(database, '-wal')), say);
    if (count < migrations.length) {
      const missing = migrations.length - count;
      return [
        { state: 'warn', text: `it is of an earlier release, ${missing} migrations behind: back it up, then start` },
      ];
    }
    checkGuards(connection, database);
    return [{ state: 'ok', text: 'it is sound, its tables are of this release, and its guards are there' }];
  });
}

/** Whether the configured key is the one, and opens every data key. Rejects with `StartError`, as a start would. */
export async function keysFindings(configuration: KmsConfiguration): Promise<Findings> {
  if (isPassphraseAsked(configuration)) {
    return [{ state: 'ok', text: 'the passphrase is asked for at each start, and so is not looked at here' }];
  }
  const custody = await openConfiguredCustody(configuration);
  try {
    await withDatabaseOpen(configuration.database, { readonly: true }, async (connection) => {
      refuseOtherKeys(connection, configuredKeys(custody));
      await readKeyRings(connection, custody);
    });
  } finally {
    await closeCustody(custody);
  }
  return [{ state: 'ok', text: `the key by ${custody.kek.provider} opens all data keys (${custody.kek.fingerprint})` }];
}

/** Whether the machine's clock goes on from the time that the service believed last. */
export function clockFindings({ database, clockToleranceSeconds }: KmsConfiguration, clock: Clock): Findings {
  const believed = withDatabase(database, { readonly: true }, (connection) =>
    readBelievedTime(new Statements(connection)),
  );
  const behind = (believed - clock.nowMilliseconds()) / 1000;
  const [now, before] = [clock.nowMilliseconds(), believed].map((time) => new Date(time).toISOString());
  if (behind <= clockToleranceSeconds)
    return [{ state: 'ok', text: `it is ${String(now)}, not behind what was believed` }];
  return [
    {
      state: 'bad',
      text: `it is ${String(now)}, and ${String(before)} was believed: set the clock, or, if that one was wrong, kms clock accept`,
    },
  ];
}

/** Whether the record goes on from the checkpoint that is kept beside the database, and where that is. */
export function recordFindings({ database, auditCheckpointFile: file }: KmsConfiguration): Findings {
  const known = knownHead(file);
  return withDatabase(database, { readonly: true }, (connection) => {
    const statements = new Statements(connection);
    const epochs = readEpochs(statements);
    if (epochs.length === 0) return [{ state: 'ok', text: 'its log begins with the first start' }];
    if (known === undefined || file === undefined) {
      return [
        {
          state: 'warn',
          text: 'no checkpoint is kept beside the database: a database that was set back is not noticed',
        },
      ];
    }
    const head = readHead(known);
    const standing = standingTo(head, epochs, statements);
    if (standing !== 'goes on from it') {
      return [
        {
          state: 'bad',
          text: `it ${standing} than ${known.where} says: restore the newest backup; docs/operations.md`,
        },
      ];
    }
    const goesOn = `it goes on from ${shownNumber(head.size)} entries, the last in ${file}; kms audit verify reads all of it`;
    if (statSync(file).dev !== statSync(database).dev) return [{ state: 'ok', text: goesOn }];
    return [
      { state: 'ok', text: goesOn },
      { state: 'warn', text: 'AUDIT_CHECKPOINT_FILE is on the disk of the database, with which it can be set back' },
    ];
  });
}
