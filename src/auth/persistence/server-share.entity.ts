import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { generatedFrom } from '../../database/terms-columns.js';

@Entity('auth_server_shares')
@Unique(['clientId', 'userPublicKey'])
@Index('auth_server_shares_server_key', ['clientId', 'serverPublicKey'])
@Index('auth_server_shares_owner', ['ownerId', 'clientId'])
@Index('auth_server_shares_live', ['ownerId', 'clientId', 'expiresAtSeconds'], { where: 'is_revoked = 0' })
@Index('auth_server_shares_setup_key', ['ownerId', 'setupPublicKey'], { where: 'setup_public_key IS NOT NULL' })
@Index('auth_server_shares_expiring', ['expiresAtSeconds'], {
  where: `expires_at > 0 AND sealed_server_share <> x''`,
})
export class ServerShareRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'split_key_id', type: 'text', nullable: true, unique: true })
  splitKeyId!: string | null;

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

  @Column({ name: 'setup_public_key', type: 'text', nullable: true })
  setupPublicKey!: string | null;

  @Column({ name: 'sealed_server_share', type: 'blob' })
  sealedServerShare!: Buffer;

  /** What may be signed with it, and its standing: `restrictions/terms/terms-column.ts`. */
  @Column({ type: 'text', default: '' })
  terms!: string;

  /** Which of its policies is in force: 1, 2, 3 … */
  @Column({ type: 'integer', default: 1 })
  revision!: number;

  /** Of the terms. */
  @Column({ name: 'is_revoked', type: 'integer', ...generatedFrom('is_revoked') })
  readonly isRevoked!: number;

  @Column({ name: 'created_at', type: 'integer' })
  createdAtSeconds!: number;

  /** Of the terms. */
  @Column({ name: 'expires_at', type: 'integer', ...generatedFrom('expires_at') })
  readonly expiresAtSeconds!: number;

  /** To whom ZVault lends it, and who has not declined it. */
  @Column({ name: 'lent_to', type: 'text', nullable: true })
  lentTo!: string | null;

  @Column({ name: 'last_used_at', type: 'integer', default: 0 })
  lastUsedAtSeconds!: number;

  /** 1, 2, 3 … one more with each change of what is authenticated: `RowGuard`. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  /** That the row is as the service wrote it: `RowMac`. */
  @Column({ type: 'blob', nullable: true })
  mac!: Buffer | null;
}
