import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A policy that a split key has had, or has. By the names of the split key and not by its row, which can be deleted at
 * ZAuth and set up afresh.
 */
@Entity('auth_policies')
export class PolicyRevisionRow {
  @PrimaryColumn({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  @PrimaryColumn({ name: 'client_id', type: 'text' })
  clientId!: string;

  @PrimaryColumn({ name: 'user_public_key', type: 'text' })
  userPublicKey!: string;

  /** 1, 2, 3 … of the split key. */
  @PrimaryColumn({ type: 'integer' })
  revision!: number;

  @Column({ name: 'at_ms', type: 'integer' })
  atMilliseconds!: number;

  @Column({ name: 'by_user_id', type: 'text' })
  byUserId!: string;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  /** Its JSON: `restrictions/terms/terms-column.ts`. */
  @Column({ type: 'text' })
  policy!: string;
}
