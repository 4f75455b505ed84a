import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What an owner has said of all split keys of a wallet, and so of each. Not of their rows, since it covers those that are
 * yet to come; so it stays when they are deleted, and the wallet too. It is there from the first split key on, thawed, so
 * that nobody thaws a wallet by removing it.
 */
@Entity('auth_freezes', { withoutRowid: true })
export class FreezeRow {
  @PrimaryColumn({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  @PrimaryColumn({ name: 'client_id', type: 'text' })
  clientId!: string;

  /** `thawed`, or `frozen`, for which anything else is taken too. */
  @Column({ type: 'text' })
  standing!: string;

  /** Since when, in seconds since 1970. */
  @Column({ type: 'integer' })
  since!: number;

  /** 1, 2, 3 … one more with each change, so that what was written before can be told from what is. */
  @Column({ type: 'integer' })
  version!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
