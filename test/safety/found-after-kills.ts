import { readFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { parseEntryId } from '../../src/audit/entry-id.js';
import { verifyPromise } from '../../src/audit/promises/verify-promise.js';
import type { PromiseTrust } from '../../src/audit/promises/verify-promise.js';
import { CompactRange } from '../../src/audit/tlog/compact-range.js';
import { leafHash } from '../../src/audit/tlog/hashes.js';
import type { NotedAnswers, NotedSignature } from './noted-answers.js';

/** Halves without the other one, or of which one is revoked alone. */
const HALF_MADE = `
  SELECT 'vault' AS half, id FROM vault_split_keys WHERE id NOT IN (SELECT split_key_id FROM auth_server_shares)
   UNION ALL SELECT 'auth', id FROM auth_server_shares WHERE split_key_id NOT IN (SELECT id FROM vault_split_keys)
   UNION ALL SELECT 'state', v.id FROM vault_split_keys v JOIN auth_server_shares a ON a.split_key_id = v.id
     WHERE v.is_revoked <> a.is_revoked`;

interface SavedKey {
  readonly name: string;
  readonly revoked: number;
}

/** What is wrong with a database after its process was killed, one line for each thing; none when nothing is. */
export class FoundAfterKills {
  readonly #database: BetterSqlite3.Database;

  constructor(
    file: string,
    private readonly checkpointFile: string,
  ) {
    this.#database = new BetterSqlite3(file, { readonly: true });
  }

  close(): void {
    this.#database.close();
  }

  /** Writes that were answered and are not there, and split keys of which there is a half. */
  writes({ made, revoked }: NotedAnswers): string[] {
    const rows = this.#database
      .prepare<[], SavedKey>('SELECT user_public_key AS name, is_revoked AS revoked FROM vault_split_keys')
      .all();
    const saved = new Map(rows.map(({ name, revoked: isRevoked }) => [name, isRevoked !== 0]));
    return [
      ...made.filter((name) => !saved.has(name)).map((name) => `lost the split key ${name}`),
      ...revoked.filter((name) => saved.get(name) !== true).map((name) => `lost the revocation of ${name}`),
      ...this.#database
        .prepare(HALF_MADE)
        .all()
        .map((row) => `half-made: ${JSON.stringify(row)}`),
    ];
  }

  /** Signatures that were answered without an entry that says so, or of which the entry is not what was promised. */
  signatures(signatures: readonly NotedSignature[], trust: PromiseTrust): string[] {
    const entryOf = this.#database.prepare<[number], string>('SELECT entry FROM audit_entries WHERE id = ?').pluck();
    return signatures.flatMap(({ hash, publicKey, entryId, promise }) => {
      const id = parseEntryId(entryId);
      const text = id && entryOf.get(id.id);
      if (id === undefined || text === undefined) return [`lost the entry of the signature of ${hash}`];
      const said = JSON.parse(text) as Readonly<Record<string, unknown>>;
      const expected = { outcome: 'approved', signed_hash: hash, public_key: publicKey, salt: id.salt };
      const isOther = Object.entries(expected).some(([name, value]) => said[name] !== value);
      if (isOther) return [`another entry for the signature of ${hash}`];
      const verdict = verifyPromise(promise, Buffer.from(text), trust);
      return verdict.holds ? [] : [`broke the promise of ${hash}: ${verdict.why}`];
    });
  }

  /**
   * Checkpoints, wherever they were seen, that say of some size another root than the entries have, and entries that are
   * behind the last of them. So there are not two of one size, and what was promised is in the log.
   */
  checkpoints({ checkpoints }: NotedAnswers): string[] {
    const kept = this.#database.prepare<[], string>('SELECT note FROM audit_checkpoints').pluck().all();
    const inFile = readFileSync(this.checkpointFile, 'utf8').matchAll(/^([^\n]+\n\d+\n\S+\n)\n/gm);
    const heads = [...checkpoints, ...kept, ...[...inFile].map(([, head = '']) => head)].map(headIn);
    const roots = this.#roots();
    const wrong = heads.filter(({ size, root }) => roots[size] !== root);
    const last = Math.max(...heads.map(({ size }) => size));
    return [
      ...wrong.map(({ size, root }) => `a checkpoint of ${size} has the root ${root}, not ${roots[size] ?? 'any'}`),
      ...(last === roots.length - 1 ? [] : [`the last checkpoint has ${last} of ${roots.length - 1} entries`]),
    ];
  }

  /** Of the tree over the first entries, by their number; a gap in them makes an error. */
  #roots(): string[] {
    const rows = this.#database
      .prepare<[], { id: number; entry: string }>('SELECT id, entry FROM audit_entries ORDER BY id')
      .iterate();
    let range = CompactRange.empty();
    const roots = [range.root.toString('base64')];
    for (const { id, entry } of rows) {
      if (id !== roots.length) throw new Error(`entry ${roots.length} is missing`);
      range = range.append(leafHash(Buffer.from(entry)));
      roots.push(range.root.toString('base64'));
    }
    return roots;
  }
}

function headIn(note: string): { readonly size: number; readonly root: string } {
  const [, size = '', root = ''] = note.split('\n');
  return { size: Number(size), root };
}
