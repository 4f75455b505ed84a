import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which key one half's secrets are sealed with. */
@Entity('sealing_keys')
export class SealingKeyRow {
  @PrimaryColumn({ type: 'text' })
  domain!: string;

  @Column({ name: 'key_id', type: 'text' })
  keyId!: string;
}
