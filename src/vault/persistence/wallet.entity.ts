import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('vault_wallets')
@Unique(['ownerId', 'clientId'])
@Index('vault_wallets_owner', ['ownerId', 'createdAtMilliseconds', 'clientId'], { where: 'deletes_at IS NULL' })
@Index('vault_wallets_deleted', ['ownerId', 'deletesAtSeconds', 'clientId'], { where: 'deletes_at IS NOT NULL' })
@Index('vault_wallets_deleting', ['deletesAtSeconds'], { where: 'deletes_at IS NOT NULL' })
export class WalletRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ name: 'client_key', type: 'text' })
  clientKey!: string;

  @Column({ name: 'sealed_master_key', type: 'blob' })
  sealedMasterKey!: Buffer;

  @Column({ name: 'sealed_mnemonic', type: 'blob', nullable: true })
  sealedMnemonic!: Buffer | null;

  @Column({ name: 'created_at_ms', type: 'integer' })
  createdAtMilliseconds!: number;

  /** When a deleted wallet is destroyed; null = it is live. */
  @Column({ name: 'deletes_at', type: 'integer', nullable: true })
  deletesAtSeconds!: number | null;

  /** 1, 2, 3 … one more with each change of what is authenticated: `RowGuard`. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
