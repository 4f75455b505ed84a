import { ALL_OPERATION_GROUPS } from './operation-groups.js';
import type { OperationGroup } from './operation-groups.js';
import type { RestrictionList } from './restriction-list.js';

/**
 * The group that the SDK dialect gives silently and never shows: wallets in the field need messages for every
 * storage request and have never heard of it.
 */
const SILENT: OperationGroup = 'message_signing';

/**
 * The list that a request of the SDK dialect means: the named groups and `message_signing`, also when no
 * group is named. A key without a list stays so. Not for use when SDK_RESTRICTED_MESSAGES is `deny`.
 */
export function withMessageSigning(list: RestrictionList): RestrictionList {
  return list === 'unrestricted' || list.includes(SILENT) ? list : [...list, SILENT];
}

/** The names that the SDK dialect shows: of a key without a list, every group; never `message_signing`. */
export function sdkRestrictionNames(list: RestrictionList): string[] {
  return (list === 'unrestricted' ? ALL_OPERATION_GROUPS : list).filter((group) => group !== SILENT);
}
