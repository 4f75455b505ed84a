import type { SplitKeyConfiguration } from '../config/configuration.js';
import { DomainError } from '../errors/domain-error.js';
import { documentedRestrictionNames, parseRestrictionNames } from '../restrictions/restriction-list.js';
import type { RestrictionList } from '../restrictions/restriction-list.js';
import { sdkRestrictionNames, withSilentGroups } from '../restrictions/sdk-restriction-names.js';
import type { Dialect } from '../http/dialect/dialect.js';

/**
 * Restrictions as the two dialects write them (wire.md sections 4 and 5): a list set through the SDK dialect
 * silently allows messages, unless `SDK_RESTRICTED_MESSAGES=deny`.
 */
export class WireRestrictions {
  constructor(private readonly sdkRestrictedMessages: SplitKeyConfiguration['sdkRestrictedMessages']) {}

  /** Throws `RESTRICTION.UNKNOWN_GROUP` when a name is no group's. */
  read(names: readonly string[], dialect: Dialect): RestrictionList {
    const parsed = parseRestrictionNames(names);
    if (!parsed.ok) {
      const why =
        parsed.reason === 'star-not-alone'
          ? '"*" takes the list away and stands alone'
          : 'no such operation group; GET /restrictions/catalogue lists them';
      throw new DomainError('RESTRICTION.UNKNOWN_GROUP', `restrictions[${parsed.position}]: ${why}`, {
        field: 'restrictions',
      });
    }
    return dialect === 'sdk' && this.sdkRestrictedMessages === 'allow' ? withSilentGroups(parsed.list) : parsed.list;
  }

  show(restrictions: RestrictionList, dialect: Dialect): string[] {
    return dialect === 'sdk' ? sdkRestrictionNames(restrictions) : documentedRestrictionNames(restrictions);
  }
}
