import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A key that wraps data keys, as it is known; the key itself is elsewhere. */
@Entity('key_encryption_keys')
@Unique(['provider', 'fingerprint'])
export class KeyEncryptionKeyRow {
  /** Random: 16 lower-case hexadecimal characters. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  provider!: string;

  @Column({ type: 'text' })
  fingerprint!: string;

  @Column({ name: 'added_at_ms', type: 'integer' })
  addedAtMilliseconds!: number;
}

/** A key that seals, wrapped. */
@Entity('data_keys')
@Unique(['domain', 'epoch'])
export class DataKeyRow {
  /** What stands in the envelopes: 16 lower-case hexadecimal characters. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  domain!: string;

  @Column({ type: 'integer' })
  epoch!: number;

  @Column({ name: 'key_encryption_key_id', type: 'text' })
  @ForeignKey(() => KeyEncryptionKeyRow, { name: 'data_keys_wrapped_by' })
  keyEncryptionKeyId!: string;

  @Column({ type: 'blob' })
  wrapped!: Buffer;

  @Column({ name: 'made_at_ms', type: 'integer' })
  madeAtMilliseconds!: number;
}
