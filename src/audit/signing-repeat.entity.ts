import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Action } from './action.js';
import type { Outcome } from './outcome.js';
import type { ErrorCode } from '../errors/error-catalogue.js';

/** How often something was decided again as it had been, since the record last said so. */
@Entity('signing_repeats')
export class SigningRepeatRow {
  @PrimaryColumn({ type: 'blob' })
  digest!: Buffer;

  @Column({ type: 'text' })
  action!: Action;

  @Column({ type: 'text' })
  outcome!: Outcome;

  @Column({ type: 'text', nullable: true })
  code!: ErrorCode | null;

  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ name: 'public_key', type: 'text' })
  publicKey!: string;

  @Column({ name: 'signed_hash', type: 'text' })
  signedHash!: string;

  @Column({ type: 'integer' })
  times!: number;

  @Index('signing_repeats_begun')
  @Column({ name: 'first_at_ms', type: 'integer' })
  firstAtMilliseconds!: number;

  @Column({ name: 'last_at_ms', type: 'integer' })
  lastAtMilliseconds!: number;
}
