import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { UserId } from '../../identity/user-id.js';

/** A split key that is lent to somebody, and by whom. */
export interface Loan {
  readonly publicKeyHex: PublicKeyHex;
  readonly ownerId: UserId;
}
