export type FreezeStanding = 'frozen' | 'thawed';

/** A column of a query over `auth_server_shares`: one look into a primary key, in the same read as the rest of the row. */
export const FREEZE_OF_SHARE = `(SELECT standing FROM auth_freezes
    WHERE owner_id = auth_server_shares.owner_id AND client_id = auth_server_shares.client_id) AS freeze`;

/**
 * Whether nothing may be signed. A word that is not known, of a damaged row or a newer release, stops the wallet: thawing
 * mends it.
 *
 * @param standing null when there is no row
 */
export function isFrozen(standing: string | null): boolean {
  return standing !== null && standing !== ('thawed' satisfies FreezeStanding);
}
