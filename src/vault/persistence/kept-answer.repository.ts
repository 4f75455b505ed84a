import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SPLIT_KEYS, COVERED_WALLETS } from './covered-tables.js';
import { statementsOf } from '../../database/open-transaction.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import { VAULT_SEALER } from '../injection-tokens.js';
import type { AnswerSubject, KeptAnswer, OpenedAnswer } from '../kept-answers/kept-answer.js';

const COLUMNS = 'id, request_hash, wallet_id, split_key_id, shared_to, sealed_answer, created_at_ms';
const FIND = `SELECT ${COLUMNS} FROM vault_kept_answers WHERE owner_id = ? AND idempotency_key = ?`;
const FORGET = 'DELETE FROM vault_kept_answers WHERE owner_id = ? AND idempotency_key = ? AND created_at_ms <= ?';
const ADD = `INSERT INTO vault_kept_answers
  (id, owner_id, idempotency_key, request_hash, wallet_id, split_key_id, shared_to, sealed_answer, created_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const FORGET_OLD = `DELETE FROM vault_kept_answers WHERE id IN
  (SELECT id FROM vault_kept_answers WHERE created_at_ms <= ? ORDER BY created_at_ms LIMIT ?)`;
const FIND_WALLET = 'SELECT client_id FROM vault_wallets WHERE id = ? AND deletes_at IS NULL';
const FIND_SPLIT_KEY = 'SELECT user_public_key, is_revoked, expires_at, shared_to FROM vault_split_keys WHERE id = ?';

/** Answers that are kept for repetitions of their calls, sealed, since most hold a secret. */
@Injectable()
export class KeptAnswerRepository {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly rows: RowGuard,
  ) {}

  /** As committed, whatever its age. */
  find(ownerId: UserId, idempotencyKey: string): Promise<KeptAnswer | undefined> {
    return this.unitOfWork.readAtOnce((statements) => {
      const row = statements.first<KeptRow>(FIND, ownerId, idempotencyKey);
      return row === undefined ? undefined : keptAnswer(row);
    });
  }

  /** Opens an answer if it is still there, and what it tells of is still so; `undefined` when it is not. Throws `RECORD.ALTERED`. */
  openIfTrue(
    kept: { readonly ownerId: UserId; readonly idempotencyKey: string },
    nowSeconds: number,
    transaction: Transaction,
  ): OpenedAnswer | undefined {
    const statements = statementsOf(transaction);
    const row = statements.first<KeptRow>(FIND, kept.ownerId, kept.idempotencyKey);
    const sealed = row?.sealed_answer ?? undefined;
    const about = row === undefined ? undefined : whatIsTrueStill(row, nowSeconds, statements);
    if (row === undefined || sealed === undefined || about === undefined) return undefined;
    this.rows.demand(COVERED_WALLETS, [row.wallet_id], transaction);
    if (row.split_key_id !== null) this.rows.demand(COVERED_SPLIT_KEYS, [row.split_key_id], transaction);
    const opened = this.sealer.open(sealed, placeOfAnswer(row.id, { ...keptAnswer(row), ownerId: kept.ownerId }));
    try {
      return { text: new TextDecoder().decode(opened.expose()), ...about };
    } finally {
      opened.wipe();
    }
  }

  /** Keeps an answer, in the place of one that is too old. Throws where a younger one is kept. */
  add(
    kept: KeptAnswer & { readonly ownerId: UserId; readonly idempotencyKey: string },
    text: string,
    forgetUntilMs: number,
    transaction: Transaction,
  ): void {
    const id = randomUUID();
    const secret = new SecretBytes(new TextEncoder().encode(text));
    try {
      const statements = statementsOf(transaction);
      statements.run(FORGET, kept.ownerId, kept.idempotencyKey, forgetUntilMs);
      statements.runOne(
        ADD,
        id,
        kept.ownerId,
        kept.idempotencyKey,
        kept.requestHash,
        kept.about.walletId,
        kept.about.splitKeyId ?? null,
        kept.about.sharedTo ?? null,
        this.sealer.seal(secret, placeOfAnswer(id, kept)),
        kept.createdAtMilliseconds,
      );
    } finally {
      secret.wipe();
    }
  }

  /** Removes what is too old, at most `most`. Resolves with how many there were. */
  forgetOld(untilMs: number, most: number): Promise<number> {
    return this.unitOfWork.writeAtOnce((statements) => statements.run(FORGET_OLD, untilMs, most));
  }
}

/** Erasing sees to this already; but an expiry comes by itself, and a dead share must not be handed out. */
function whatIsTrueStill(
  row: KeptRow,
  nowSeconds: number,
  statements: Statements,
): Omit<OpenedAnswer, 'text'> | undefined {
  const wallet = statements.first<{ readonly client_id: string }>(FIND_WALLET, row.wallet_id);
  if (wallet === undefined) return undefined;
  const clientId = wallet.client_id as ClientId;
  if (row.split_key_id === null) return { clientId };
  const key = statements.first<SplitKeyState>(FIND_SPLIT_KEY, row.split_key_id);
  const isLive = key?.is_revoked === 0 && (key.expires_at === 0 || key.expires_at > nowSeconds);
  if (!isLive || (row.shared_to !== null && row.shared_to !== key.shared_to)) return undefined;
  const publicKeyHex = key.user_public_key as PublicKeyHex;
  return { clientId, publicKeyHex, showsShare: row.shared_to === null };
}

function placeOfAnswer(row: string, { ownerId, about }: Pick<KeptAnswer, 'about'> & { ownerId: UserId }): SealedPlace {
  const of = { wallet: about.walletId, owner: ownerId, recipient: about.sharedTo ?? '' };
  return { table: 'vault_kept_answers', row, column: 'sealed_answer', version: 1, ...of };
}

function keptAnswer(row: KeptRow): KeptAnswer {
  const about: AnswerSubject = {
    walletId: row.wallet_id,
    splitKeyId: row.split_key_id ?? undefined,
    sharedTo: row.shared_to === null ? undefined : (row.shared_to as UserId),
  };
  return { requestHash: row.request_hash, about, createdAtMilliseconds: row.created_at_ms };
}

interface KeptRow {
  readonly id: string;
  readonly request_hash: Buffer;
  readonly wallet_id: string;
  readonly split_key_id: string | null;
  readonly shared_to: string | null;
  readonly sealed_answer: Buffer | null;
  readonly created_at_ms: number;
}

interface SplitKeyState {
  readonly user_public_key: string;
  readonly is_revoked: number;
  readonly expires_at: number;
  readonly shared_to: string | null;
}
