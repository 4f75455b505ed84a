export type FreezeStanding = 'frozen' | 'thawed';

/**
 * Whether nothing may be signed. A word that is not known, of a newer release, stops the wallet: thawing mends it.
 */
export function isFrozen(standing: unknown): boolean {
  return standing !== ('thawed' satisfies FreezeStanding);
}
