import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CounterRow } from './counter.entity.js';

/** A signature that was counted, and what that made in all. */
@Entity('auth_counts', { withoutRowid: true })
@Check('auth_counts_total_value', 'length(total_value) = 16')
export class CountRow {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey(() => CounterRow, { name: 'auth_counts_counter' })
  counter!: number;

  /** Never before the row before it. */
  @PrimaryColumn({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;

  /** 1, 2, 3 … within the counter. */
  @PrimaryColumn({ name: 'total_count', type: 'integer' })
  totalCount!: number;

  /** In SAS: see `totalToColumn`. */
  @Column({ name: 'total_value', type: 'blob' })
  totalValue!: Buffer;

  /** The entry of the record that tells of the signature. */
  @Column({ type: 'integer' })
  entry!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
