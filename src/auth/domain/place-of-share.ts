import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { ServerShare } from './server-share.js';

/**
 * Where a server share is sealed: what the repository seals for is what the curve workers open at. Its owner is named with
 * the wallet. To whom it is lent is not: lending would have to open it where shares are never opened.
 *
 * @param wallet by `nameOfWallet`
 */
export function placeOfShare(shareId: string, wallet: string): SealedPlace {
  const of = { wallet, owner: '', recipient: '' };
  return { table: 'auth_server_shares', row: shareId, column: 'sealed_server_share', version: 1, ...of };
}

/** What names a wallet at ZAuth for good: its owner, and its client id, which always has as many characters. */
export function nameOfWallet({ ownerId, clientId }: Pick<ServerShare, 'ownerId' | 'clientId'>): string {
  return `${ownerId} ${clientId}`;
}
