import type { EarlierEntry } from '../../audit/recorded-entry.js';
import type { SigningSubject } from '../../audit/signing-entry.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Usage } from '../../restrictions/limits/usage.js';
import type { ServerShare, SigningShare, Standing } from '../domain/server-share.js';
import type { Refusal } from './refusal.js';
import type { SigningRequest } from './signing-request.js';

/** A signature that was made and verified, and waits to be approved. */
export interface PendingSignature {
  readonly shareId: string;
  readonly request: SigningRequest;
  readonly subject: SigningSubject;
}

/** What was decided: why not, or, when it was approved, the entry that tells of it. */
export type Decision = { readonly refusal: Refusal } | { readonly refusal?: undefined; readonly entry: EarlierEntry };

/** Which split key is looked at. */
export type ViewedShare = Pick<ServerShare, 'id' | 'clientId' | 'userPublicKeyHex'>;

/** What would decide about a split key, as it was committed. */
export interface ShareView {
  /** Undefined when there is no such split key (any more). */
  readonly standing: Standing | undefined;
  /** Whether its server share was overwritten after it had expired: then it signs nothing, whatever the clock says. */
  readonly isErased: boolean;
  /** What its limits ask for; undefined where it has none, or where that cannot be told. */
  readonly usage: Usage | undefined;
}

/**
 * All that signing asks of the database, so that an engine has one thing to implement. A class and not an interface,
 * since what is injected by its type must be there when the program runs.
 */
export abstract class SigningJournal {
  /**
   * The split keys of a client id **and** key, as they were committed. By both, since there may be no token, and a key
   * alone can be claimed by anybody (wire.md section 3). The user key is the right one; the server's will do.
   *
   * Two when somebody has also set the same halves up the wrong way round, which whoever holds the user share can
   * do; the one whose user key it is comes first.
   */
  abstract find(clientId: ClientId, publicKey: PublicKeyHex): Promise<readonly SigningShare[]>;

  /**
   * Shows a split key to whoever only wants to know what would be decided. Nothing is written.
   *
   * @param look called once, and waits for nothing: the view holds no longer than the call
   */
  abstract view<T>(share: ViewedShare, look: (view: ShareView) => T): Promise<T>;

  /**
   * Decides a group in one transaction: each is judged (`judge`) by what its split key is in that transaction, and by
   * what was decided of the group before it; an approval marks the split key as used and is recorded, or counted when it was approved before. Nothing that
   * revokes, restricts or deletes a split key can come in between.
   *
   * @param group asked once, when the transaction has begun, so that whoever has come by then goes along; not asked when
   *   none can be begun. The caller bounds its length
   * @returns for each of the group what was decided; an approval is recorded, and durable
   *
   * Rejects when the database or the record fails: then none of the group is approved.
   */
  abstract decide(group: () => readonly PendingSignature[]): Promise<readonly Decision[]>;
}
