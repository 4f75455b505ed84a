import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A decision on a signature that has an entry in the record, so that the same again needs none. */
@Entity('signing_decisions', { withoutRowid: true })
export class SigningDecisionRow {
  /** SHA-256 of what makes two decisions the same: see `decisionDigest`. */
  @PrimaryColumn({ type: 'blob' })
  digest!: Buffer;

  /** The entry's; null of what an earlier release decided. */
  @Column({ name: 'entry_id', type: 'integer', nullable: true })
  entryId!: number | null;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
