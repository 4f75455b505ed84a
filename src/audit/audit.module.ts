import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import type { KmsConfiguration, RecordConfiguration } from '../config/configuration.js';
import type { Sealer } from '../crypto/sealing/sealer.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { OpenedDatabase } from '../database/opened-database.js';
import { SqliteUnitOfWork } from '../database/sqlite-unit-of-work.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { AuditEntryRow } from './audit-entry.entity.js';
import { AuditTileRow } from './audit-tile.entity.js';
import { AlteredRows } from './altered-rows.js';
import { AuditTrail } from './audit-trail.js';
import { CountRepeats } from './count-repeats.js';
import { EntryEvidence } from './entry-evidence.js';
import { EntryStatement } from './entry-statement.js';
import { RecordedWork } from './recorded-work.js';
import { Sweeper } from '../sweeping/sweeper.js';
import { SigningDecisionRow } from './signing-decision.entity.js';
import { SigningDecisions } from './signing-decisions.js';
import { SigningHistory } from './signing-history.js';
import { SigningRepeatRow } from './signing-repeat.entity.js';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from '../readiness/readiness.js';
import { CosignatureRow } from './cosigning/cosignature.entity.js';
import { Cosigning } from './cosigning/cosigning.js';
import { CheckpointFile } from './log/checkpoint-file.js';
import { warnOfCheckpoints } from './log/checkpoint-warnings.js';
import { Checkpoints } from './log/checkpoints.js';
import { LogController } from './log/log.controller.js';
import { CheckpointRow, LogEpochRow, LogKeyRow } from './log/log.entities.js';
import { EntryProofsController } from './proofs/entry-proofs.controller.js';
import { EntryProofs } from './proofs/entry-proofs.js';
import { ReadRecordController } from './reading/read-record.controller.js';
import { ReadRecord } from './reading/read-record.js';
import { RecordReaders } from './reading/record-readers.js';
import { Sequencer } from './tree/sequencer.js';

/** What of the configuration the record knows. */
type Configured = RecordConfiguration & Pick<KmsConfiguration, 'txnVerification' | 'production' | 'database'>;

/** What opens the log's keys; for this module alone. */
const LOG_SEALER = Symbol('log sealer');

/** The record, for everybody. */
@Module({})
export class AuditModule {
  static of(configuration: Configured, { audit }: Pick<RingSources, 'audit'>): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      imports: [
        TypeOrmModule.forFeature([
          AuditEntryRow,
          AuditTileRow,
          CheckpointRow,
          CosignatureRow,
          LogEpochRow,
          LogKeyRow,
          SigningDecisionRow,
          SigningRepeatRow,
        ]),
      ],
      controllers: [LogController, EntryProofsController, ReadRecordController],
      providers: [
        {
          provide: EntryStatement,
          inject: [Clock],
          useFactory: (clock: Clock) => new EntryStatement(clock, configuration.txnVerification),
        },
        {
          provide: SigningDecisions,
          inject: [EntryStatement, Clock],
          useFactory: (entries: EntryStatement, clock: Clock) => new SigningDecisions(entries, clock),
        },
        {
          provide: SigningHistory,
          inject: [SqliteUnitOfWork],
          useFactory: (unitOfWork: SqliteUnitOfWork) => new SigningHistory(unitOfWork),
        },
        {
          provide: AuditTrail,
          inject: [EntryStatement, SigningDecisions],
          useFactory: (entries: EntryStatement, decisions: SigningDecisions) => new AuditTrail(entries, decisions),
        },
        {
          provide: RecordedWork,
          inject: [UnitOfWork, AuditTrail],
          useFactory: (unitOfWork: UnitOfWork, audit: AuditTrail) => new RecordedWork(unitOfWork, audit),
        },
        AlteredRows,
        { provide: RecordReaders, useFactory: () => new RecordReaders() },
        {
          provide: ReadRecord,
          inject: [RecordedWork, RecordReaders, SqliteUnitOfWork],
          useFactory: (recorded: RecordedWork, readers: RecordReaders, unitOfWork: SqliteUnitOfWork) =>
            new ReadRecord(recorded, readers, unitOfWork),
        },
        {
          provide: Sequencer,
          inject: [SqliteUnitOfWork, Readiness, Metrics],
          useFactory: (unitOfWork: SqliteUnitOfWork, readiness: Readiness, metrics: Metrics) => {
            const sequencer = new Sequencer(unitOfWork, new Logger('Record'));
            readiness.add('record', () => sequencer.objection());
            metrics.record.watchTree(sequencer);
            return sequencer;
          },
        },
        {
          provide: Cosigning,
          inject: [SqliteUnitOfWork, Clock, Readiness, Metrics],
          useFactory: (unitOfWork: SqliteUnitOfWork, clock: Clock, readiness: Readiness, metrics: Metrics) => {
            const { auditWitnesses, auditCheckpointSeconds: everySeconds } = configuration;
            const cosigning = new Cosigning(
              { ...auditWitnesses, everySeconds },
              unitOfWork,
              clock,
              new Logger('Record'),
            );
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
        {
          provide: EntryEvidence,
          inject: [Checkpoints, Clock],
          useFactory: (checkpoints: Checkpoints, clock: Clock) => new EntryEvidence(checkpoints, clock),
        },
        {
          provide: EntryProofs,
          inject: [SqliteUnitOfWork, Checkpoints],
          useFactory: (unitOfWork: SqliteUnitOfWork, checkpoints: Checkpoints) =>
            new EntryProofs(unitOfWork, checkpoints, configuration.auditCheckpointSeconds),
        },
        {
          provide: CountRepeats,
          inject: [Sweeper, RecordedWork, Clock],
          useFactory: (sweeper: Sweeper, recorded: RecordedWork, clock: Clock) =>
            new CountRepeats(sweeper, recorded, clock),
        },
      ],
      exports: [
        AuditTrail,
        Checkpoints,
        Cosigning,
        EntryEvidence,
        RecordedWork,
        RecordReaders,
        SigningDecisions,
        SigningHistory,
      ],
    };
  }
}
