import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The latest time that was believed: one row. */
@Entity('believed_time')
export class BelievedTimeRow {
  @PrimaryColumn({ type: 'integer' })
  id!: number;

  @Column({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;
}
