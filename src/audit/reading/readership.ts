import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Statements } from '../../database/statements.js';
import type { UserId } from '../../identity/user-id.js';
import { loanBegins } from './entries-of-wallet.js';
import type { WalletEntry } from './entries-of-wallet.js';
import type { Loan } from './loan.js';

interface Reader {
  readonly userId: UserId;
  readonly clientId: ClientId;
  /** Of something of the wallet; otherwise they only borrow. */
  readonly isOwner: boolean;
}

/** A loan, and the first entry that its borrower may read; `undefined` when the record does not say when it was lent. */
interface BegunLoan extends Loan {
  readonly from: number | undefined;
}

/** Which entries of one wallet somebody may read, at one moment. */
export class Readership {
  readonly #loans: ReadonlyMap<string, Loan>;
  readonly #begun = new Map<string, BegunLoan | undefined>();
  readonly #owned = new Map<string, boolean>();

  constructor(
    private readonly reader: Reader,
    private readonly owns: (publicKeyHex: PublicKeyHex, statements: Statements) => boolean,
    loans: readonly Loan[],
  ) {
    this.#loans = new Map(loans.map((loan) => [loan.publicKeyHex, loan]));
  }

  get clientId(): ClientId {
    return this.reader.clientId;
  }

  /** Asks the database once for each split key. */
  mayRead(entry: WalletEntry, statements: Statements): boolean {
    return this.#isOwn(entry, statements) || this.#isOfLoan(entry, statements);
  }

  /**
   * What they did themselves, what was done with a split key of theirs, whoever did it, and what the service did for them.
   * What others asked of the wallet without naming such a key is others': they may own the same one.
   */
  #isOwn({ actorId, ownerId, publicKey }: WalletEntry, statements: Statements): boolean {
    const { isOwner, userId } = this.reader;
    if (!isOwner) return false;
    return (
      actorId === userId || ownerId === userId || (publicKey !== undefined && this.#isOwned(publicKey, statements))
    );
  }

  #isOwned(publicKey: string, statements: Statements): boolean {
    const known = this.#owned.get(publicKey);
    if (known !== undefined) return known;
    const isOwned = this.owns(publicKey as PublicKeyHex, statements);
    this.#owned.set(publicKey, isOwned);
    return isOwned;
  }

  /** Of a split key that they borrow, since it was lent to them; nothing of third parties, whom they need not know. */
  #isOfLoan({ id, actorId, publicKey }: WalletEntry, statements: Statements): boolean {
    const loan = publicKey === undefined ? undefined : this.#loanOf(publicKey, statements);
    if (loan?.from === undefined || id < loan.from) return false;
    return actorId === undefined || actorId === this.reader.userId || actorId === loan.ownerId;
  }

  #loanOf(publicKey: string, statements: Statements): BegunLoan | undefined {
    const loan = this.#loans.get(publicKey);
    if (loan === undefined || this.#begun.has(publicKey)) return this.#begun.get(publicKey);
    const { clientId, userId } = this.reader;
    const begun = { ...loan, from: loanBegins({ ...loan, clientId, recipient: userId }, statements) };
    this.#begun.set(publicKey, begun);
    return begun;
  }
}
