import { Logger, type Provider } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import type { KmsConfiguration, RecordConfiguration } from '../config/configuration.js';
import type { Sealer } from '../crypto/sealing/sealer.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { OpenedDatabase } from '../database/opened-database.js';
import { SqliteUnitOfWork } from '../database/sqlite-unit-of-work.js';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from '../readiness/readiness.js';
import { Cosigning } from './cosigning/cosigning.js';
import { CheckpointFile } from './log/checkpoint-file.js';
import { warnOfCheckpoints } from './log/checkpoint-warnings.js';
import { Checkpoints } from './log/checkpoints.js';
import { Sequencer } from './tree/sequencer.js';

/** What of the configuration the record knows. */
export type Configured = RecordConfiguration & Pick<KmsConfiguration, 'txnVerification' | 'production' | 'database'>;

/** What opens the log's keys; for this module alone. */
const LOG_SEALER = Symbol('log sealer');

/** Who signs the record's checkpoints, and who asks others to. @param audit opens the log's keys */
export function logProviders(configuration: Configured, audit: RingSources['audit']): Provider[] {
  return [
    {
      provide: Cosigning,
      inject: [SqliteUnitOfWork, Clock, Readiness, Metrics],
      useFactory: (unitOfWork: SqliteUnitOfWork, clock: Clock, readiness: Readiness, metrics: Metrics) => {
        const { auditWitnesses, auditCheckpointSeconds: everySeconds } = configuration;
        const cosigning = new Cosigning({ ...auditWitnesses, everySeconds }, unitOfWork, clock, new Logger('Record'));
        readiness.warn('witnesses', () => cosigning.objection());
        metrics.record.watchWitnesses(cosigning.witnesses, clock);
        return cosigning;
      },
    },
    {
      provide: LOG_SEALER,
      inject: [OpenedDatabase],
      useFactory: audit,
    },
    {
      provide: Checkpoints,
      inject: [LOG_SEALER, Sequencer, Cosigning, SqliteUnitOfWork, Clock, Readiness, Metrics],
      useFactory: (
        sealer: Sealer,
        sequencer: Sequencer,
        cosigning: Cosigning,
        unitOfWork: SqliteUnitOfWork,
        clock: Clock,
        readiness: Readiness,
        metrics: Metrics,
      ) => {
        const { auditCheckpointFile: file, auditCheckpointSeconds: everySeconds } = configuration;
        const settings = {
          configured: configuration.auditOrigin,
          otherwise: configuration.auditOriginOtherwise,
          everySeconds,
          file: file === undefined ? undefined : new CheckpointFile(file),
        };
        const checkpoints = new Checkpoints(
          settings,
          sealer,
          sequencer,
          cosigning,
          unitOfWork,
          clock,
          new Logger('Record'),
        );
        const { production, database } = configuration;
        warnOfCheckpoints(
          { everySeconds, production, database, file, witnesses: configuration.auditWitnesses.witnesses.length },
          checkpoints,
          clock,
          readiness,
        );
        metrics.record.watchCheckpoints(checkpoints, clock);
        return checkpoints;
      },
    },
  ];
}
