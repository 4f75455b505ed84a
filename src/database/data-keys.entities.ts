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

  /** Of a passphrase alone, as its cost. */
  @Column({ name: 'passphrase_salt', type: 'blob', nullable: true })
  passphraseSalt!: Buffer | null;

  @Column({ name: 'passphrase_cost', type: 'integer', nullable: true })
  passphraseCost!: number | null;

  /** When every sealed value was opened with this one alone, since the last change of keys. */
  @Column({ name: 'verified_at_ms', type: 'integer', nullable: true })
  verifiedAtMilliseconds!: number | null;

  @Column({ name: 'retired_at_ms', type: 'integer', nullable: true })
  retiredAtMilliseconds!: number | null;
}

/** A key that seals. */
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

  /** The current one; there may be a wrapping under a former one as well. */
  @Column({ name: 'key_encryption_key_id', type: 'text' })
  @ForeignKey(() => KeyEncryptionKeyRow, { name: 'data_keys_wrapped_by' })
  keyEncryptionKeyId!: string;

  @Column({ name: 'made_at_ms', type: 'integer' })
  madeAtMilliseconds!: number;
}

/** A data key, wrapped under one key. */
@Entity('data_key_wrappings')
export class DataKeyWrappingRow {
  @PrimaryColumn({ name: 'data_key_id', type: 'text' })
  @ForeignKey(() => DataKeyRow, { name: 'data_key_wrappings_of' })
  dataKeyId!: string;

  @PrimaryColumn({ name: 'key_encryption_key_id', type: 'text' })
  @ForeignKey(() => KeyEncryptionKeyRow, { name: 'data_key_wrappings_by' })
  keyEncryptionKeyId!: string;

  @Column({ type: 'blob' })
  wrapped!: Buffer;
}
