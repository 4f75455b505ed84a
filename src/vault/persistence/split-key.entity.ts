import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { generatedFrom } from '../../database/terms-columns.js';
import { WalletRow } from './wallet.entity.js';

@Entity('vault_split_keys')
@Unique(['walletId', 'position'])
@Unique(['ownerId', 'userPublicKey'])
@Unique(['ownerId', 'serverPublicKey'])
@Index('vault_split_keys_shared_to', ['sharedTo', 'sharedAtSeconds', 'walletId', 'position'], {
  where: 'shared_to IS NOT NULL AND declined_at = 0',
})
@Index('vault_split_keys_live', ['walletId', 'expiresAtSeconds'], { where: 'is_revoked = 0' })
@Index('vault_split_keys_lent', ['ownerId', 'sharedTo'], { where: 'shared_to IS NOT NULL AND is_revoked = 0' })
@Index('vault_split_keys_borrowed', ['sharedTo', 'clientId'], { where: 'shared_to IS NOT NULL' })
export class SplitKeyRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'wallet_id', type: 'text' })
  @ForeignKey(() => WalletRow, { name: 'vault_split_keys_wallet', onDelete: 'CASCADE' })
  walletId!: string;

  /** 1, 2, 3 … within the wallet, in the order of creation. */
  @Column({ type: 'integer' })
  position!: number;

  @Column({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId!: string;

  @Column({ name: 'client_key', type: 'text' })
  clientKey!: string;

  @Column({ name: 'user_public_key', type: 'text' })
  userPublicKey!: string;

  @Column({ name: 'server_public_key', type: 'text' })
  serverPublicKey!: string;

  @Column({ name: 'sealed_user_share', type: 'blob' })
  sealedUserShare!: Buffer;

  /** What may be signed with it, and its standing: `restrictions/terms/terms-column.ts`. */
  @Column({ type: 'text', default: '' })
  terms!: string;

  @Column({ name: 'shared_to', type: 'text', nullable: true })
  sharedTo!: string | null;

  /** Of the terms. */
  @Column({ name: 'is_revoked', type: 'integer', ...generatedFrom('is_revoked') })
  readonly isRevoked!: number;

  @Column({ name: 'created_at', type: 'integer' })
  createdAtSeconds!: number;

  /** Of the terms. */
  @Column({ name: 'expires_at', type: 'integer', ...generatedFrom('expires_at') })
  readonly expiresAtSeconds!: number;

  /** When it was lent to `sharedTo`; 0 = it is not. */
  @Column({ name: 'shared_at', type: 'integer', default: 0 })
  sharedAtSeconds!: number;

  /** When they declined it; 0 = they have not. */
  @Column({ name: 'declined_at', type: 'integer', default: 0 })
  declinedAtSeconds!: number;

  /** 1, 2, 3 … one more with each change of what is authenticated: `RowGuard`. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
