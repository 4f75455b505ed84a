import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'the tree of the record only grows'); END`;

/** Hashes are never taken back: a tile of leaves is written once, those above grow at their end until they are full. */
export const TREE_TRIGGERS = [
  `CREATE TRIGGER audit_tiles_only_grow BEFORE UPDATE ON audit_tiles
    WHEN NEW.level <> OLD.level OR NEW.number <> OLD.number OR length(NEW.hashes) <= length(OLD.hashes)
      OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes ${REFUSE}`,
  `CREATE TRIGGER audit_tiles_are_not_deleted BEFORE DELETE ON audit_tiles ${REFUSE}`,
  // INSERT OR REPLACE deletes without asking the trigger above (sqlite.org/lang_conflict.html).
  `CREATE TRIGGER audit_tiles_are_not_replaced BEFORE INSERT ON audit_tiles
    WHEN EXISTS (SELECT 1 FROM audit_tiles WHERE level = NEW.level AND number = NEW.number) ${REFUSE}`,
] as const;

/** What must hold for the bytes of a tile: whole hashes of 32 bytes, 256 at most, and among leaves no fewer. */
export const TILE_CHECK = `length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192 AND (level > 0 OR length(hashes) = 8192)`;

// Before there was a tree a lost entry was a gap in the ids. A leaf's place in the tree follows from its id, so what is
// lost gets an entry that says so, also behind the last one that is left.
const FILL_GAPS = `
  INSERT INTO audit_entries (id, entry)
  WITH RECURSIVE ids (id) AS (
    SELECT 1 WHERE EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'audit_entries' AND seq > 0)
    UNION ALL SELECT id + 1 FROM ids WHERE id < (SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries')
  )
  SELECT id, '{"action":"lost-entry","at_ms":' || CAST(unixepoch('subsec') * 1000 AS INTEGER)
      || ',"outcome":"failed","request_id":"service-upgrade","salt":"' || lower(hex(randomblob(16)))
      || '","txn_verification":"strict"}'
    FROM ids WHERE id NOT IN (SELECT id FROM audit_entries) ORDER BY id`;

/** A Merkle tree over the entries of the record, in tiles of 256 hashes. */
export class RecordTree1764760000000 implements MigrationInterface {
  readonly name = 'RecordTree1764760000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FILL_GAPS);
    await runner.query(
      // TypeORM recognises the check only where a comma follows.
      `CREATE TABLE audit_tiles (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL,
        CONSTRAINT "audit_tiles_hashes" CHECK (${TILE_CHECK}), PRIMARY KEY (level, number)) WITHOUT ROWID`,
    );
    for (const trigger of TREE_TRIGGERS) await runner.query(trigger);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_tiles');
  }
}
