import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import type { CoveredTable } from '../database/rows/covered-table.js';
import { RowGuard } from '../database/rows/row-guard.js';
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
import { Checkpoints } from './log/checkpoints.js';
import { logProviders } from './log-providers.js';
import type { Configured } from './log-providers.js';
import { LogController } from './log/log.controller.js';
import { CheckpointRow, LogEpochRow, LogKeyRow } from './log/log.entities.js';
import { EntryProofsController } from './proofs/entry-proofs.controller.js';
import { EntryProofs } from './proofs/entry-proofs.js';
import { ReadRecordController } from './reading/read-record.controller.js';
import { ReadRecord } from './reading/read-record.js';
import { RecordReaders } from './reading/record-readers.js';
import { RowChecks } from './rows/row-checks.js';
import { Sequencer } from './tree/sequencer.js';

/** The record, for everybody. */
@Module({})
export class AuditModule {
  /** @param tables every table whose rows decide */
  static of(
    configuration: Configured,
    { audit }: Pick<RingSources, 'audit'>,
    tables: readonly CoveredTable[],
  ): DynamicModule {
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
          inject: [EntryStatement, Clock, RowGuard],
          useFactory: (entries: EntryStatement, clock: Clock, rows: RowGuard) =>
            new SigningDecisions(entries, clock, rows),
        },
        {
          provide: SigningHistory,
          inject: [SqliteUnitOfWork],
          useFactory: (unitOfWork: SqliteUnitOfWork) => new SigningHistory(unitOfWork),
        },
        {
          provide: AuditTrail,
          inject: [EntryStatement, SigningDecisions, RowGuard],
          useFactory: (entries: EntryStatement, decisions: SigningDecisions, rows: RowGuard) =>
            new AuditTrail(entries, decisions, rows),
        },
        {
          provide: RecordedWork,
          inject: [UnitOfWork, AuditTrail],
          useFactory: (unitOfWork: UnitOfWork, audit: AuditTrail) => new RecordedWork(unitOfWork, audit),
        },
        AlteredRows,
        {
          provide: RowChecks,
          inject: [SqliteUnitOfWork, RowGuard],
          useFactory: (unitOfWork: SqliteUnitOfWork, rows: RowGuard) => new RowChecks(unitOfWork, rows, tables),
        },
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
        ...logProviders(configuration, audit),
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
        RowChecks,
        SigningDecisions,
        SigningHistory,
      ],
    };
  }
}
