import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('auth_server_shares')
export class ServerShareRow {
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ name: 'split_key_id', type: 'text', nullable: true })
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

  @Column({ type: 'text', nullable: true })
  restrictions!: string | null;

  @Column({ name: 'is_revoked', type: 'integer' })
  isRevoked!: number;

  @Column({ name: 'created_at', type: 'integer' })
  createdAtSeconds!: number;

  @Column({ name: 'expires_at', type: 'integer' })
  expiresAtSeconds!: number;

  @Column({ name: 'last_used_at', type: 'integer' })
  lastUsedAtSeconds!: number;
}
