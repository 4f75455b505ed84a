import type { WriteLane } from '../database/write-order.js';
import type { Action } from './action.js';

/**
 * How important it is that something is done soon. Whoever revokes may be in a hurry; whoever makes wallets can wait. The
 * compiler wants a lane for each name.
 */
export const LANE_OF_ACTION: Readonly<Record<Action, WriteLane>> = {
  'create-wallet': 'making',
  'store-key': 'making',
  'list-wallets': 'ordinary',
  'delete-wallet': 'protective',
  // Whose wallets a thief has deleted may be in a hurry too.
  'undelete-wallet': 'protective',
  'list-deleted': 'ordinary',
  'split-key': 'making',
  'list-keys': 'ordinary',
  'revoke-key': 'protective',
  'share-key': 'ordinary',
  'decline-share': 'ordinary',
  'list-shared': 'ordinary',
  'read-restrictions': 'ordinary',
  'restrict-key': 'protective',
  generate: 'making',
  'generate-split-key': 'making',
  'sign-message': 'signing',
  'sign-transaction': 'signing',
  'read-key': 'ordinary',
  'set-up': 'making',
  freeze: 'protective',
  // In the same lane, where one user's calls keep their order: else a thaw could come after the freeze that follows it.
  thaw: 'protective',
  'restrict-share': 'protective',
  'revoke-share': 'protective',
  'delete-shares': 'protective',
  'read-policy': 'ordinary',
  'replace-policy': 'protective',
  'evaluate-policy': 'ordinary',
  'simulate-policy': 'ordinary',
  'list-revisions': 'ordinary',
  'read-record': 'ordinary',
  // What the service does by itself can wait.
  'erase-expired-key': 'making',
  'destroy-wallet': 'making',
  'count-repeats': 'making',
  'find-altered-row': 'protective',
  // Never alone: behind what has changed the rows.
  'note-rows': 'protective',
  'seal-service': 'protective',
  'unseal-service': 'protective',
  'show-words': 'ordinary',
  'make-backup': 'making',
  'add-kek': 'protective',
  'rotate-kek': 'protective',
  reseal: 'protective',
  'retire-kek': 'protective',
  // By commands of their own, while the service is down.
  'accept-time': 'protective',
  'accept-rollback': 'protective',
  archive: 'making',
  // Written by an upgrade.
  'lost-entry': 'making',
};
