import type { OnModuleInit } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import type { Statements } from '../database/statements.js';
import { statementsOf } from '../database/open-transaction.js';
import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import type { ErrorCode } from '../errors/error-catalogue.js';
import type { Sweeper } from '../sweeping/sweeper.js';
import type { SystemAction } from './action.js';
import type { Repeats } from './audit-facts.js';
import type { RecordedWork } from './recorded-work.js';
import type { SigningSubject } from './signing-entry.js';

/** So long after the first repeat its entry tells of all until then: one request is at most one entry in that time. */
const COUNTED_FOR_MS = 3_600_000;

/** In one short write. */
const MOST_AT_ONCE = 50;

const FIND_DUE = `SELECT digest, "action", outcome, code, client_id, public_key, signed_hash, times, first_at_ms, last_at_ms
  FROM signing_repeats WHERE first_at_ms <= ? ORDER BY first_at_ms LIMIT ?`;

const CLOSE = 'DELETE FROM signing_repeats WHERE digest = ?';

/** Closes what `SigningDecisions` has counted by an entry for each. */
export class CountRepeats implements OnModuleInit {
  static readonly action = 'count-repeats' satisfies SystemAction;

  constructor(
    private readonly sweeper: Sweeper,
    private readonly recorded: RecordedWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.add('repeated requests', () => this.execute(), { destroys: false });
  }

  /** A batch of them; says how many. */
  execute(): Promise<number> {
    return this.recorded.ofItself(CountRepeats.action, (transaction) =>
      Promise.resolve(this.#close(statementsOf(transaction))),
    );
  }

  #close(statements: Statements): readonly SigningSubject[] {
    const due = this.clock.nowMilliseconds() - COUNTED_FOR_MS;
    return statements.all<RepeatRow>(FIND_DUE, due, MOST_AT_ONCE).map((row) => {
      statements.runOne(CLOSE, row.digest);
      return subjectOf(row);
    });
  }
}

interface RepeatRow extends Pick<Repeats, 'action' | 'outcome' | 'times' | 'first_at_ms' | 'last_at_ms'> {
  readonly digest: Buffer;
  readonly code: ErrorCode | null;
  readonly client_id: ClientId;
  readonly public_key: PublicKeyHex;
  readonly signed_hash: string;
}

function subjectOf(row: RepeatRow): SigningSubject {
  const { action, outcome, code, client_id, public_key, signed_hash, times, first_at_ms, last_at_ms } = row;
  const counted: Repeats = { action, outcome, times, first_at_ms, last_at_ms };
  const repeats = code === null ? counted : { ...counted, code };
  return { clientId: client_id, publicKeyHex: public_key, signedHashHex: signed_hash, facts: { repeats } };
}
