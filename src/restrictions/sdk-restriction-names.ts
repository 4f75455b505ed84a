import { ALL_OPERATION_GROUPS } from './operation-groups.js';
import type { OperationGroup } from './operation-groups.js';
import type { RestrictionList } from './restriction-list.js';

/**
 * The groups that the SDK dialect gives silently and never shows: wallets in the field need messages for every
 * storage request and every upload, and have never heard of them.
 */
const SILENT: readonly OperationGroup[] = ['message_signing', 'data_signing'];

/**
 * The list that a request of the SDK dialect means: the named groups, `message_signing` and `data_signing`, also when
 * no group is named. A key without a list stays so. Not for use when SDK_RESTRICTED_MESSAGES is `deny`.
 */
export function withSilentGroups(list: RestrictionList): RestrictionList {
  return list === 'unrestricted' ? list : [...new Set([...list, ...SILENT])];
}

/** The names that the SDK dialect shows: of a key without a list, every group; never the silent ones. */
export function sdkRestrictionNames(list: RestrictionList): string[] {
  return (list === 'unrestricted' ? ALL_OPERATION_GROUPS : list).filter((group) => !SILENT.includes(group));
}
