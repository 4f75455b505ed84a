import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a witness has signed of a checkpoint. */
@Entity('audit_cosignatures', { withoutRowid: true })
export class CosignatureRow {
  /** Of the checkpoint. */
  @PrimaryColumn({ type: 'text' })
  origin!: string;

  /** The vkey that verifies the line. */
  @PrimaryColumn({ type: 'text' })
  witness!: string;

  /** Of the checkpoint. */
  @PrimaryColumn({ type: 'integer' })
  size!: number;

  /** As it stands below the note, with its newline. */
  @Column({ type: 'text' })
  line!: string;
}
