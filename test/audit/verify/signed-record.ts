import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { NoteSigner } from '../../../src/audit/tlog/note-signatures.js';
import { cosignCheckpoint, noteSigner, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeCheckpoint } from '../../../src/audit/tlog/checkpoint.js';
import { encodeNote } from '../../../src/audit/tlog/signed-note.js';
import { encodeVkey } from '../../../src/audit/tlog/verifier-key.js';
import { RecordTree } from '../../../src/audit/tree/record-tree.js';
import { writeTile } from '../../../src/audit/tree/tile-table.js';
import { TrustedLog } from '../../../src/audit/verify/trusted-log.js';
import { Statements } from '../../../src/database/statements.js';
import { migratedDatabase } from '../../database/migrated-database.js';
import { ORIGIN, privateKeyOf } from '../tlog/given-signers.js';
import { rootOf } from '../tree/record-world.js';

export const AT_SECONDS = 1_764_400_000;

/** The log's keys under one of its names; of somebody else with another `key`. */
export const signersOf = (origin: string, key = 1): { log: NoteSigner; times: NoteSigner; promises: NoteSigner } => ({
  log: noteSigner(origin, 'ed25519', privateKeyOf(key)),
  times: noteSigner(`${origin}/times`, 'cosignature/v1', privateKeyOf(8)),
  promises: noteSigner(`${origin}/promises`, 'ed25519', privateKeyOf(6)),
});

const signers = signersOf(ORIGIN);

export const VKEY = encodeVkey(signers.log.key);
export const TIMES_VKEY = encodeVkey(signers.times.key);
export const PROMISES_VKEY = encodeVkey(signers.promises.key);

export const trusted = TrustedLog.of({ checkpoints: [VKEY], times: [TIMES_VKEY], promises: [PROMISES_VKEY] });

/** A checkpoint over these entries as the service would sign it. */
export function checkpointOf(
  entries: readonly string[],
  origin = ORIGIN,
  { key = 1, atSeconds = AT_SECONDS } = {},
): string {
  const text = encodeCheckpoint({ origin, size: entries.length, root: Buffer.from(rootOf(entries), 'hex') });
  const { log, times } = signersOf(origin, key);
  return encodeNote({ text, signatures: [signNoteText(text, log), cosignCheckpoint(text, times, atSeconds)] });
}

/** An entry as it is written, of about the usual length. */
export const entryOf = (number: number): string =>
  `{"action":"sign-message","at_ms":${AT_SECONDS * 1000 + number},"outcome":"approved","public_key":"${'ab'.repeat(32)}",` +
  `"request_id":"request-${number}","salt":"${number.toString(16).padStart(32, '0')}","txn_verification":"strict"}`;

/** A database in which anything can be changed: without the triggers that hold the service back. */
export class OpenRecord {
  readonly connection: BetterSqlite3.Database;
  readonly statements: Statements;

  constructor(readonly file: string) {
    this.connection = new BetterSqlite3(file);
    this.connection.pragma('synchronous = OFF');
    this.connection.pragma('journal_mode = MEMORY');
    this.statements = new Statements(this.connection);
    // They read each entry as JSON, so SQLite would refuse one that is none.
    const indexes = this.connection
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'audit_entries' AND sql <> ''",
      )
      .pluck();
    for (const name of indexes.all()) this.connection.exec(`DROP INDEX ${name}`);
    const triggers = this.connection
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .pluck();
    for (const name of triggers.all()) this.connection.exec(`DROP TRIGGER ${name}`);
  }

  get entries(): string[] {
    return this.connection.prepare<[], string>('SELECT entry FROM audit_entries ORDER BY id').pluck().all();
  }

  /** Has these entries and no others, their ids from 1 on. */
  setEntries(entries: readonly string[]): void {
    this.connection.transaction(() => {
      this.connection.exec('DELETE FROM audit_entries');
      const insert = this.connection.prepare('INSERT INTO audit_entries (id, entry) VALUES (?, ?)');
      for (const [at, entry] of entries.entries()) insert.run(at + 1, entry);
      this.connection.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit_entries'").run(entries.length);
    })();
  }

  setEntry(id: number, entry: unknown): void {
    this.connection.prepare('UPDATE audit_entries SET entry = ? WHERE id = ?').run(entry, id);
  }

  /** Makes the tiles anew, as they follow from the entries. */
  hashAgain(): void {
    this.connection.transaction(() => {
      this.connection.exec('DELETE FROM audit_tiles');
      const tree = RecordTree.restore(this.statements);
      tree.append(this.entries.map((entry, at) => ({ id: at + 1, entry })));
      for (const tile of tree.grown) writeTile(tile, this.statements);
    })();
  }

  /** Has checkpoints of these sizes over its entries, and no others of this name. */
  signAgain(sizes: readonly number[], origin = ORIGIN, options: { key?: number; atSeconds?: number } = {}): void {
    this.connection.prepare('DELETE FROM audit_checkpoints WHERE origin = ?').run(origin);
    for (const size of sizes) this.keep(checkpointOf(this.entries.slice(0, size), origin, options));
  }

  keep(note: string): void {
    const [origin = '', size = ''] = note.split('\n');
    this.connection
      .prepare('INSERT OR REPLACE INTO audit_checkpoints (origin, size, at_ms, note) VALUES (?, ?, 0, ?)')
      .run(origin, Number(size), note);
  }

  get notes(): string[] {
    return this.connection.prepare<[], string>('SELECT note FROM audit_checkpoints ORDER BY size').pluck().all();
  }

  close(): void {
    this.connection.close();
  }
}

/** A sound record in a file, of which copies are made to be damaged. */
export class SignedRecord {
  #copies = 0;

  private constructor(
    readonly folder: string,
    readonly file: string,
    readonly entries: readonly string[],
    /** As AUDIT_CHECKPOINT_FILE would have them. */
    readonly notes: readonly string[],
  ) {}

  static async make(entries: number | readonly string[], sizes: readonly number[]): Promise<SignedRecord> {
    const folder = mkdtempSync(join(tmpdir(), 'kms-verify-'));
    const file = join(folder, 'kms.sqlite');
    const database = await migratedDatabase();
    database.closeReader();
    await database.execute(`VACUUM INTO '${file}'`);
    await database.close();
    const record = new OpenRecord(file);
    record.connection.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ('audit_entries', 0)");
    record.setEntries(
      typeof entries === 'number' ? Array.from({ length: entries }, (_, at) => entryOf(at + 1)) : entries,
    );
    record.hashAgain();
    record.signAgain(sizes);
    const made = new SignedRecord(folder, file, record.entries, record.notes);
    record.close();
    return made;
  }

  /** A copy, damaged as told. */
  copy(damage: (record: OpenRecord) => void): string {
    this.#copies += 1;
    const file = join(this.folder, `copy-${this.#copies}.sqlite`);
    copyFileSync(this.file, file);
    const record = new OpenRecord(file);
    try {
      damage(record);
    } finally {
      record.close();
    }
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
