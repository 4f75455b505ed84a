import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { TILE_CHECK } from '../database/migrations/1764760000000-record-tree.js';

/** A row of hashes of the record's tree: see `Tile`. Among leaves only full ones are kept. */
@Entity('audit_tiles', { withoutRowid: true })
@Check('audit_tiles_hashes', TILE_CHECK)
export class AuditTileRow {
  @PrimaryColumn({ type: 'integer' })
  level!: number;

  @PrimaryColumn({ type: 'integer' })
  number!: number;

  @Column({ type: 'blob' })
  hashes!: Buffer;
}
