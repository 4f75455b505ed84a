import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ServerShareRow } from '../server-share.entity.js';

/** What is counted of one split key by one scope. */
@Entity('auth_counters')
@Unique(['shareId', 'scope'])
export class CounterRow {
  @PrimaryGeneratedColumn({ type: 'integer' })
  id!: number;

  /** Null when the split key is gone, or its policy counts so no more: then its counts are to be deleted. */
  @Column({ name: 'share_id', type: 'text', nullable: true })
  @ForeignKey(() => ServerShareRow, { name: 'auth_counters_share', onDelete: 'SET NULL' })
  shareId!: string | null;

  /** `CountScope.key` */
  @Column({ type: 'text' })
  scope!: string;

  /** 1 = each signature is counted; 0 = what was signed before is still being counted. */
  @Column({ name: 'is_counting', type: 'integer', default: 0 })
  isCounting!: number;

  /** As far as the record has been looked at for what was signed before. */
  @Column({ name: 'seen_entry', type: 'integer', default: 0 })
  seenEntry!: number;

  /** The `total_count` of what was counted last; 0 before the first. */
  @Column({ name: 'newest_count', type: 'integer', default: 0 })
  newestCount!: number;

  /** 1, 2, 3 … one more with each change, so that what was written before can be told from what is. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
