import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';

/** Where a server share is sealed: what the repository seals for is what the curve workers open at. */
export function placeOfShare(shareId: string): SealedPlace {
  return { table: 'auth_server_shares', row: shareId, column: 'sealed_server_share', version: 1 };
}
