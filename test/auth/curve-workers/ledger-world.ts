import { foresee } from '../../../src/auth/signing/foresee.js';
import type { Foresight } from '../../../src/auth/signing/foresee.js';
import { SigningLedger } from '../../../src/auth/signing/signing-ledger.js';
import type { Outcome } from '../../../src/auth/signing/signing-ledger.js';
import type { Refusal } from '../../../src/auth/signing/refusal.js';
import { SigningTime } from '../../../src/auth/signing/signing-time.js';
import { SharePolicies } from '../../../src/auth/persistence/share-policies.js';
import { SqliteSigningJournal } from '../../../src/auth/persistence/sqlite-signing-journal.js';
import type { Epoch } from '../../../src/audit/log/epochs.js';
import { SigningDecisions } from '../../../src/audit/signing-decisions.js';
import { EntryEvidence } from '../../../src/audit/entry-evidence.js';
import { EntryStatement } from '../../../src/audit/entry-statement.js';
import type { NoteSigner } from '../../../src/audit/tlog/note-signatures.js';
import type { ClientId, PublicKeyHex } from '../../../src/crypto/key-names.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';
import type { RowGuard } from '../../../src/database/rows/row-guard.js';
import { SqliteUnitOfWork } from '../../../src/database/sqlite-unit-of-work.js';
import { Metrics } from '../../../src/metrics/metrics.js';
import { messageFacts } from '../../../src/restrictions/facts/facts.js';
import type { Facts } from '../../../src/restrictions/facts/facts.js';
import type { UserId } from '../../../src/identity/user-id.js';
import type { Policy } from '../../../src/restrictions/policy/policy.js';
import { promiser } from '../../audit/promises/given-promises.js';
import { ORIGIN } from '../../audit/tlog/given-signers.js';
import { migratedDatabase } from '../../database/migrated-database.js';
import type { MigratedDatabase } from '../../database/migrated-database.js';
import type { ServerShareRepository } from '../../../src/auth/persistence/server-share.repository.js';
import { rowGuard, serverShares } from '../../support/row-guard.js';
import { TestClock } from '../../support/test-clock.js';

/** Every decision looks at the time, inside its transaction. */
class ClockOfDecisions extends TestClock {
  #atNextLook: (() => void) | undefined;

  /** What happens once, when the time is looked at next. */
  atNextLook(happens: () => void): void {
    this.#atNextLook = happens;
  }

  override nowMilliseconds(): number {
    const happens = this.#atNextLook;
    this.#atNextLook = undefined;
    happens?.();
    return super.nowMilliseconds();
  }
}

/** The ledger on a database file of its own, which holds the server shares `share 0` and `share 1`. */
export interface LedgerWorld {
  readonly database: MigratedDatabase;
  readonly unitOfWork: SqliteUnitOfWork;
  /** What gives rows their codes. */
  readonly guard: RowGuard;
  readonly shares: ServerShareRepository;
  setPolicy(shareId: string, policy: Policy): Promise<void>;
  readonly clock: ClockOfDecisions;
  /** Asks to record a signature over the hash `name`; says why not. */
  decide(name: string, options?: Asked): Promise<Refusal | undefined>;
  /** The same, with the evidence of what was approved. */
  decideWithEvidence(name: string, options?: Asked): Promise<Outcome>;
  /** Who promises for the log. Nothing can be promised while the origin is none. */
  readonly log: { epoch: Epoch; readonly promises: NoteSigner };
  /** What it would decide of the hash that the facts name, if it was asked now. */
  foresee(facts: Facts, shareId?: string): Promise<Foresight>;
  /** How many transactions were committed since the last look. */
  newCommits(): number;
  /** The names of the recorded signatures, in their order, as they are in the file. */
  recorded(): Promise<string[]>;
  /** When each share was last used. */
  lastUsed(): Promise<number[]>;
}

interface Asked {
  readonly shareId?: string;
  /** A message, where nothing else is said. */
  readonly facts?: Facts;
}

const CLIENT = 'client' as ClientId;
const key = (name: string): PublicKeyHex => name as PublicKeyHex;

export async function ledgerWorld(): Promise<LedgerWorld> {
  const database = await migratedDatabase();
  const unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
  const guard = rowGuard();
  const shares = serverShares(guard);
  const clock = new ClockOfDecisions();
  const decisions = new SigningDecisions(new EntryStatement(clock, 'strict'), clock, guard);
  const time = new SigningTime(clock, 0);
  const journal = new SqliteSigningJournal(unitOfWork, decisions, time, guard);
  const log = { epoch: { number: 0, origin: ORIGIN, size: 0 }, promises: promiser };
  const ledger = new SigningLedger(journal, new EntryEvidence({ log }, clock), new Metrics());
  const decideWithEvidence: LedgerWorld['decideWithEvidence'] = (name, options = {}) => {
    const { shareId = 'share 0', facts = messageFacts('00'.repeat(32), 'not-shown') } = options;
    return ledger.decide(
      shareId,
      { clientId: CLIENT, publicKeyHex: key(`user ${shareId}`), signedHashHex: name },
      {
        actor: { userId: undefined, requestId: name },
        clientId: CLIENT,
        publicKey: key('user'),
        message: new Uint8Array(32),
        userPartial: new Uint8Array(32),
        facts,
      },
    );
  };
  for (const id of ['share 0', 'share 1']) {
    const share = {
      id,
      splitKeyId: undefined,
      ownerId: 'owner' as UserId,
      clientId: CLIENT,
      clientKeyHex: key('client key'),
      userPublicKeyHex: key(`user ${id}`),
      serverPublicKeyHex: key(`server ${id}`),
      setupPublicKeyHex: undefined,
      policy: {},
      createdAtSeconds: 1,
    };
    await unitOfWork.write((transaction) => shares.add(share, new SecretBytes(new Uint8Array(32)), transaction));
  }
  let seen = database.statements('COMMIT').length;
  return {
    database,
    unitOfWork,
    guard,
    shares,
    setPolicy: (shareId, policy) =>
      unitOfWork.write(async (transaction) => {
        const share = await shares.findBySigner(CLIENT, key(`user ${shareId}`), transaction);
        if (share === undefined) throw new Error('no such share');
        await new SharePolicies(guard).replace(share, policy, { by: share.ownerId, atMilliseconds: 0 }, transaction);
      }),
    clock,
    decide: async (name, options) => (await decideWithEvidence(name, options)).refusal,
    decideWithEvidence,
    log,
    foresee: (facts, id = 'share 0') =>
      journal.view({ id, clientId: CLIENT, userPublicKeyHex: key(`user ${id}`) }, (view) =>
        foresee(view, facts, { moment: time.now(), hashesAreBelieved: false }),
      ),
    newCommits: () => {
      const before = seen;
      seen = database.statements('COMMIT').length;
      return seen - before;
    },
    recorded: async () => {
      const rows = await database.dataSource.query<{ signed_hash: string }[]>(
        `SELECT signed_hash FROM audit_record WHERE outcome = 'approved' ORDER BY id`,
      );
      return rows.map(({ signed_hash }) => signed_hash);
    },
    lastUsed: async () => {
      const rows = await database.dataSource.query<{ last_used_at: number }[]>(
        'SELECT last_used_at FROM auth_server_shares ORDER BY id',
      );
      return rows.map(({ last_used_at }) => last_used_at);
    },
  };
}
