import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A private key of the log. */
@Entity('audit_log_keys')
export class LogKeyRow {
  /** What it is for. */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'sealed_key', type: 'blob' })
  sealedKey!: Buffer;
}

/** A name of the log. */
@Entity('audit_epochs')
@Unique(['origin'])
export class LogEpochRow {
  @PrimaryColumn({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  origin!: string;

  /** How many entries there were when it began. */
  @Column({ type: 'integer' })
  size!: number;

  @Column({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;
}

/** A signed checkpoint. */
@Entity('audit_checkpoints', { withoutRowid: true })
export class CheckpointRow {
  @PrimaryColumn({ type: 'text' })
  origin!: string;

  @PrimaryColumn({ type: 'integer' })
  size!: number;

  @Column({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;

  /** A signed note of C2SP, with our own cosignature. */
  @Column({ type: 'text' })
  note!: string;
}
