import { Entity, PrimaryColumn } from 'typeorm';

/** What a recipient wants from nobody any more. */
@Entity('vault_declined_shares')
export class DeclinedShareRow {
  @PrimaryColumn({ name: 'recipient_id', type: 'text' })
  recipientId!: string;

  @PrimaryColumn({ name: 'owner_id', type: 'text' })
  ownerId!: string;

  /** Empty: everything of that owner's. */
  @PrimaryColumn({ name: 'user_public_key', type: 'text' })
  userPublicKey!: string;
}
