import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which key one half's secrets were sealed with by earlier releases; nothing in a database that has data keys. */
@Entity('sealing_keys')
export class SealingKeyRow {
  @PrimaryColumn({ type: 'text' })
  domain!: string;

  @Column({ name: 'key_id', type: 'text' })
  keyId!: string;
}
