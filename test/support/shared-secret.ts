import { SystemClock } from '../../src/clock/clock.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { mintTestToken } from './tokens.js';

/** A `JWT_SECRET` for servers in a process of their own. */
export const SHARED_SECRET = 'b64f2f1c7fd0b5be0a3f43c5d92a1c76e1d2a7b9';

/** A token for `user` that such a server accepts. */
export function tokenFor(user: string): string {
  const secret = new SecretBytes(new TextEncoder().encode(SHARED_SECRET));
  return mintTestToken(secret, user, new SystemClock());
}
