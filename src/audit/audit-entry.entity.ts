import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

// Of an expression, which TypeORM cannot say: the migration has it, and this keeps it there.
@Entity('audit_entries')
@Index('audit_entries_signing', { synchronize: false })
@Check('audit_entries_outcome', `outcome IN ('approved', 'denied', 'failed')`)
export class AuditEntryRow {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id!: number;

  @Column({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;

  @Column({ name: 'request_id', type: 'text' })
  requestId!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  outcome!: string;

  @Column({ type: 'text', nullable: true })
  code!: string | null;

  @Column({ name: 'actor_id', type: 'text', nullable: true })
  actorId!: string | null;

  @Column({ name: 'client_id', type: 'text', nullable: true })
  clientId!: string | null;

  @Column({ name: 'public_key', type: 'text', nullable: true })
  publicKey!: string | null;

  @Column({ name: 'signed_hash', type: 'text', nullable: true })
  signedHash!: string | null;

  @Column({ name: 'txn_verification', type: 'text' })
  txnVerification!: string;

  /** The request's id in the client's own words; `request_id` is ours. */
  @Column({ name: 'client_request_id', type: 'text', nullable: true })
  clientRequestId!: string | null;

  /** Canonical JSON of `AuditFacts`. */
  @Column({ type: 'text', nullable: true })
  facts!: string | null;
}
