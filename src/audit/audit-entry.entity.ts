import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { OUTCOME_CHECK } from '../database/migrations/1764750000000-whole-entries.js';

// Of expressions, which TypeORM cannot say: the migrations have them, and this keeps them there.
@Entity('audit_entries')
@Index('audit_entries_signing', { synchronize: false })
@Index('audit_entries_wallet', { synchronize: false })
@Index('audit_entries_lent', { synchronize: false })
@Index('audit_entries_rows', { synchronize: false })
@Check('audit_entries_outcome', OUTCOME_CHECK)
export class AuditEntryRow {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id!: number;

  /** Canonical JSON: see `entryText`. */
  @Column({ type: 'text' })
  entry!: string;
}
