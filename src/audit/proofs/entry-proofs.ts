import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { isEntryOf, parseEntryId } from '../entry-id.js';
import type { EntryId } from '../entry-id.js';
import type { Checkpoints } from '../log/checkpoints.js';
import { earlierEntry } from '../recorded-entry.js';
import { planInclusion } from '../tlog/proof-plan.js';
import { encodeTlogProof } from '../tlog/tlog-proof.js';
import { proofFrom } from '../tree/record-tree.js';

const FIND_ENTRY = 'SELECT entry FROM audit_entries WHERE id = ?';

/** What is looked for where nothing can be: the same look, for the same answer. No row has this number. */
const NO_ENTRY: EntryId = { id: 0, salt: '0'.repeat(32) };

/** Proves to whoever was given the id of an entry that the log has it (docs/adr/0048). */
export class EntryProofs {
  /** @param everySeconds how often a checkpoint is made, when there is anything new */
  constructor(
    private readonly unitOfWork: Pick<SqliteUnitOfWork, 'readAtOnce'>,
    private readonly log: Pick<Checkpoints, 'newest'>,
    private readonly everySeconds: number,
  ) {}

  /**
   * The proof of an entry in the newest checkpoint, as a file (`encodeTlogProof`). It costs one look for the entry, a few
   * tiles, and the hashes of 255 entries at most, however large the record is. Rejects with `AUDIT.ENTRY_UNKNOWN` for
   * what is no id, or of no entry, and with `AUDIT.NO_CHECKPOINT_YET`.
   *
   * @param asked as `encodeEntryId` writes it; nothing is known of it
   */
  of(asked: string): Promise<string> {
    const wanted = parseEntryId(asked) ?? NO_ENTRY;
    return this.unitOfWork.readAtOnce((statements) => {
      const text = statements.first<{ entry: string }>(FIND_ENTRY, wanted.id)?.entry ?? null;
      const entry = earlierEntry(wanted.id, text);
      if (typeof entry === 'string' || !isEntryOf(wanted, entry)) {
        throw new DomainError('AUDIT.ENTRY_UNKNOWN', 'unknown entry');
      }
      const { newest: checkpoint } = this.log;
      if (checkpoint === undefined || checkpoint.size < entry.id) {
        throw new DomainError('AUDIT.NO_CHECKPOINT_YET', 'no checkpoint has the entry yet; one is made soon', {
          retryAfterSeconds: this.everySeconds,
        });
      }
      const index = entry.id - 1;
      const hashes = proofFrom(planInclusion(index, checkpoint.size), statements);
      return encodeTlogProof({ index, hashes, checkpoint: checkpoint.note });
    });
  }
}
