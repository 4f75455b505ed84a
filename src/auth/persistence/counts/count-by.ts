import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import type { Policy } from '../../../restrictions/policy/policy.js';
import type { ServerShare } from '../../domain/server-share.js';
import { countFromNowOn } from './catch-up.js';
import type { CountTables } from './count-tables.js';
import type { CountedShare } from './sqlite-usage.js';

/** Too much was signed before to be counted within the write: it has to be prepared (`CountSlices`), or again. */
export class CountsBehind extends Error {
  constructor() {
    super('what was signed before is still to be counted');
    this.name = 'CountsBehind';
  }
}

/** What the limits of a policy count, each scope once. */
export function scopesOf({ limits = [] }: Policy): readonly CountScope[] {
  return [...new Map(limits.map(({ scope }) => [scope.key, scope])).values()];
}

/** A server share, as counts are known by. */
export function countedShare({
  id,
  clientId,
  userPublicKeyHex,
}: Pick<ServerShare, 'id' | 'clientId' | 'userPublicKeyHex'>): CountedShare {
  return { id, clientId, publicKeyHex: userPublicKeyHex };
}

/** In the transaction in which a policy comes into force. Throws {@link CountsBehind}, and `RECORD.ALTERED`. */
export function countBy(
  share: Pick<ServerShare, 'id' | 'clientId' | 'userPublicKeyHex'>,
  policy: Policy,
  tables: CountTables,
): void {
  if (!countFromNowOn(countedShare(share), scopesOf(policy), tables)) throw new CountsBehind();
}
