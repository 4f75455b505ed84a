/**
 * What can be asked for with a token or a partial signature, by the one name under which the record, the route's
 * declaration and OpenAPI know it.
 *
 * All names stand here, though they are the features', so that whoever reads the record finds every word that can be in
 * it. A use case says which is its own (`static readonly action`), and its route declares that constant.
 */
export const CALLED_ACTIONS = [
  // ZVault
  'create-wallet',
  'store-key',
  'list-wallets',
  'delete-wallet',
  'undelete-wallet',
  'list-deleted',
  'split-key',
  'list-keys',
  'revoke-key',
  'share-key',
  'decline-share',
  'list-shared',
  'read-restrictions',
  'restrict-key',
  'generate',
  'generate-split-key',
  // ZAuth
  'sign-message',
  'sign-transaction',
  'read-key',
  'set-up',
  'freeze',
  'thaw',
  'restrict-share',
  'revoke-share',
  'delete-shares',
  'read-policy',
  'replace-policy',
  'evaluate-policy',
  'simulate-policy',
  'list-revisions',
  // The record
  'read-record',
] as const;

/** What the service does by itself, on behalf of nobody. */
export const SYSTEM_ACTIONS = [
  'erase-expired-key',
  'destroy-wallet',
  'count-repeats',
  'find-altered-row',
  'note-rows',
  // An operator's, over the local socket.
  'seal-service',
  'unseal-service',
  'add-kek',
  'rotate-kek',
  'reseal',
  'retire-kek',
  'show-words',
  // Its own by the schedule, and an operator's.
  'make-backup',
] as const;

export type SystemAction = (typeof SYSTEM_ACTIONS)[number];

/**
 * What no call asks for: what an operator does by a command, what an upgrade found missing, and what the service does by
 * itself.
 */
export const UNCALLED_ACTIONS = ['accept-time', 'accept-rollback', 'archive', 'lost-entry', ...SYSTEM_ACTIONS] as const;

export const ACTIONS = [...CALLED_ACTIONS, ...UNCALLED_ACTIONS] as const;

export type Action = (typeof ACTIONS)[number];
