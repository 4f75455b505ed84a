import { EntryStatement } from '../../../../src/audit/entry-statement.js';
import { SigningDecisions } from '../../../../src/audit/signing-decisions.js';
import { beginCounting, counterOf } from '../../../../src/auth/persistence/counts/counters.js';
import { SqliteUsage } from '../../../../src/auth/persistence/counts/sqlite-usage.js';
import type { CountTables } from '../../../../src/auth/persistence/counts/count-tables.js';
import type { CountedShare } from '../../../../src/auth/persistence/counts/sqlite-usage.js';
import { SIGNING_ACTIONS } from '../../../../src/auth/signing/signing-actions.js';
import type { ClientId, PublicKeyHex } from '../../../../src/crypto/key-names.js';
import { statementsOf } from '../../../../src/database/open-transaction.js';
import { SqliteUnitOfWork } from '../../../../src/database/sqlite-unit-of-work.js';
import type { Statements } from '../../../../src/database/statements.js';
import type { ErrorCode } from '../../../../src/errors/error-catalogue.js';
import type { Facts } from '../../../../src/restrictions/facts/facts.js';
import { recordedFacts } from '../../../../src/restrictions/facts/recorded-facts.js';
import { counts } from '../../../../src/restrictions/limits/count-scope.js';
import type { CountScope } from '../../../../src/restrictions/limits/count-scope.js';
import { migratedDatabase } from '../../../database/migrated-database.js';
import type { MigratedDatabase } from '../../../database/migrated-database.js';
import { rowGuard } from '../../../support/row-guard.js';
import { TestClock } from '../../../support/test-clock.js';

const CLIENT = 'c'.repeat(64) as ClientId;

/** A database with split keys of which something is counted, as signing does it. */
export class CountingWorld {
  readonly clock = new TestClock();
  readonly guard = rowGuard();
  readonly decisions = new SigningDecisions(new EntryStatement(this.clock, 'strict'), this.clock, this.guard);
  unitOfWork: SqliteUnitOfWork;
  #keys = 0;

  private constructor(readonly database: MigratedDatabase) {
    this.unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
  }

  static async open(): Promise<CountingWorld> {
    return new CountingWorld(await migratedDatabase());
  }

  async close(): Promise<void> {
    await this.unitOfWork.idle();
    await this.database.close();
  }

  /** Forgets all but what is in the file. */
  async restart(): Promise<void> {
    const { dataSource } = this.database;
    await this.unitOfWork.idle();
    await dataSource.destroy();
    this.unitOfWork = new SqliteUnitOfWork(await dataSource.initialize(), { budgetMs: Infinity });
  }

  read<T>(work: (statements: Statements) => T): Promise<T> {
    return this.unitOfWork.readAtOnce(work);
  }

  write<T>(work: (statements: Statements) => T): Promise<T> {
    return this.unitOfWork.write((transaction) => Promise.resolve(work(statementsOf(transaction))));
  }

  rows<Row>(sql: string, ...values: (string | number)[]): Promise<Row[]> {
    return this.read((statements) => statements.all<Row>(sql, ...values));
  }

  /** A split key like no other before it, whose name begins as all others do. */
  async newKey(): Promise<CountedShare> {
    const id = `share ${++this.#keys}`;
    const publicKeyHex = this.#keys.toString(16).padStart(128, '0') as PublicKeyHex;
    await this.write((statements) => {
      statements.runOne(
        `INSERT INTO auth_server_shares (id, owner_id, client_id, client_key, user_public_key, server_public_key,
          sealed_server_share, created_at) VALUES (?, 'owner', ?, 'client key', ?, ?, x'00', 1)`,
        ...[id, CLIENT, publicKeyHex, `server of ${id}`],
      );
    });
    return { id, clientId: CLIENT, publicKeyHex };
  }

  /** Has each of its signatures counted by these from now on. */
  begin(share: CountedShare, scopes: readonly CountScope[]): Promise<void> {
    return this.write((statements) => {
      const tables = this.tables(statements);
      for (const { key } of scopes) beginCounting(counterOf(share.id, key, tables), tables);
    });
  }

  usage(share: CountedShare, statements: Statements): SqliteUsage {
    return new SqliteUsage(share, this.decisions, this.tables(statements));
  }

  tables(statements: Statements): CountTables {
    return { statements, rows: this.guard };
  }

  /** Records that something was approved, or refused for a reason, and says the entry; undefined where it was a repeat. */
  record(share: CountedShare, facts: Facts, statements: Statements, code?: ErrorCode): number | undefined {
    const recorded = this.decisions.record(
      {
        actor: { userId: undefined, requestId: 'request' },
        action: SIGNING_ACTIONS[facts.kind],
        clientId: share.clientId,
        publicKeyHex: share.publicKeyHex,
        signedHashHex: facts.hash,
        facts: { asked: recordedFacts(facts), policy_revision: 1 },
        ...(code === undefined ? { outcome: 'approved' } : { outcome: 'denied', code }),
      },
      statements,
    );
    return recorded.isRepeat ? undefined : recorded.entry.id;
  }

  /** Approves, records and counts a signature by those scopes that count it. */
  sign(share: CountedShare, facts: Facts, scopes: readonly CountScope[], statements: Statements): void {
    const usage = this.usage(share, statements);
    const { kind, hash } = facts;
    if (usage.isCounted(kind, hash)) return;
    const entry = this.record(share, facts, statements);
    const scopeKeys = [...new Set(scopes.filter((scope) => counts(scope, facts)).map(({ key }) => key))];
    const valueSas = 'valueSas' in facts ? facts.valueSas : 0n;
    const atMs = Math.max(this.clock.nowMilliseconds(), usage.newestMs);
    usage.write({ kind, hash, atMs, valueSas, scopeKeys }, entry ?? NaN);
    usage.keepNewest();
  }
}
