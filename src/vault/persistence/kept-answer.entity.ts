import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('vault_kept_answers')
@Unique(['ownerId', 'idempotencyKey'])
@Index('vault_kept_answers_age', ['createdAtMilliseconds'])
@Index('vault_kept_answers_wallet', ['walletId'])
@Index('vault_kept_answers_split_key', ['splitKeyId'], { where: 'split_key_id IS NOT NULL' })
export class KeptAnswerRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  @Column({ name: 'idempotency_key', type: 'text' })
  idempotencyKey!: string;

  @Column({ name: 'request_hash', type: 'blob' })
  requestHash!: Buffer;

  @Column({ name: 'wallet_id', type: 'text' })
  walletId!: string;

  @Column({ name: 'split_key_id', type: 'text', nullable: true })
  splitKeyId!: string | null;

  @Column({ name: 'shared_to', type: 'text', nullable: true })
  sharedTo!: string | null;

  @Column({ name: 'sealed_answer', type: 'blob', nullable: true })
  sealedAnswer!: Buffer | null;

  @Column({ name: 'created_at_ms', type: 'integer' })
  createdAtMilliseconds!: number;
}
