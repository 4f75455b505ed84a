import type { PolicyJsonObject } from './policy-json.js';

/** A complete policy for a common use, to begin with. */
export interface PolicyTemplate {
  readonly name: string;
  /** One sentence for the person who chooses. */
  readonly summary: string;
  /** The members to be replaced by the owner's own. As they stand they are safe: nobody has the address. */
  readonly replace: readonly string[];
  readonly policy: PolicyJsonObject;
}

const MINUTE = 60;
const DAY = 86_400;

/** A valid client id that is no wallet's: it would be the SHA3-256 of nobody's key. */
const NOBODY = '0'.repeat(64);

/** Whole ZCN in SAS. */
const zcn = (amount: number): string => `${amount}0000000000`;

/** What a wallet does that keeps files on the network. */
const USING_STORAGE = [
  'allocation_file_operations',
  'allocation_storage_operations',
  'storage:write_pool_lock',
  'storage:read_pool_lock',
];

/**
 * The templates, each of which `parsePolicy` takes as it is.
 *
 * @param nowSeconds from which those that end, or count by periods, begin
 */
export function policyTemplates(nowSeconds: number): PolicyTemplate[] {
  return [
    {
      name: 'pay_in_only',
      summary: 'Puts tokens into storage, stake and delegate pools, and takes none out and sends none to anybody',
      replace: [],
      policy: {
        operations: [
          'storage:write_pool_lock',
          'storage:read_pool_lock',
          'storage:stake_pool_lock',
          'miner:addToDelegatePool',
          'bridge:add-to-delegate-pool',
        ],
        max_value: zcn(100),
        limits: [{ kind: 'rolling', window_seconds: 30 * DAY, max_value: zcn(500) }],
        creation_window_seconds: 10 * MINUTE,
        messages: 'none',
      },
    },
    {
      name: 'storage_user',
      summary:
        'Uses storage: makes and changes allocations, reads and writes files, and pays at most 50 ZCN in 30 days; the ' +
        'wallet must send the text of each message along',
      replace: [],
      policy: {
        operations: USING_STORAGE,
        max_value: zcn(10),
        limits: [{ kind: 'rolling', window_seconds: 30 * DAY, max_value: zcn(50) }],
        messages: 'typed',
      },
    },
    {
      name: 'blobber_operator',
      summary: 'Runs a blobber or validator and changes its settings, without moving any token',
      replace: [],
      policy: {
        operations: [
          'storage_operations',
          'storage:update_blobber_settings',
          'storage:update_validator_settings',
          'storage:collect_reward',
        ],
        max_value: '0',
        creation_window_seconds: 10 * MINUTE,
        messages: 'typed',
      },
    },
    {
      name: 'spending_card',
      summary: 'Sends tokens to anybody: at most 10 ZCN at once, 30 ZCN in any 24 hours and 250 ZCN in any 30 days',
      replace: [],
      policy: {
        operations: ['transfer'],
        max_value: zcn(10),
        limits: [
          { kind: 'rolling', window_seconds: DAY, max_value: zcn(30), max_count: 20 },
          { kind: 'rolling', window_seconds: 30 * DAY, max_value: zcn(250) },
        ],
        creation_window_seconds: 10 * MINUTE,
        messages: 'none',
      },
    },
    {
      name: 'standing_order',
      summary: 'Sends at most 100 ZCN to the addresses named here, once in each 30 days',
      replace: ['recipients'],
      policy: {
        operations: ['transfer'],
        recipients: [NOBODY],
        max_value: zcn(100),
        limits: [{ kind: 'period', period_seconds: 30 * DAY, anchor: nowSeconds, max_count: 1 }],
        creation_window_seconds: 10 * MINUTE,
        messages: 'none',
      },
    },
    {
      name: 'office_payments',
      summary: 'Pays the addresses named here in office hours, at most 1000 ZCN in any 7 days',
      replace: ['recipients', 'hours'],
      policy: {
        operations: ['transfer'],
        recipients: [NOBODY],
        limits: [{ kind: 'rolling', window_seconds: 7 * DAY, max_value: zcn(1000) }],
        hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00', time_zone: 'UTC' }],
        creation_window_seconds: 10 * MINUTE,
        messages: 'none',
      },
    },
    {
      name: 'rented_wallet',
      summary: 'Is lent for 30 days to use storage with, and spends at most 100 ZCN in all that time',
      replace: ['expires_at'],
      policy: {
        operations: USING_STORAGE,
        max_value: zcn(50),
        limits: [{ kind: 'total', max_value: zcn(100) }],
        expires_at: nowSeconds + 30 * DAY,
        creation_window_seconds: 10 * MINUTE,
        messages: 'typed',
      },
    },
    {
      name: 'paused',
      summary: 'Signs nothing until it is given another policy',
      replace: [],
      policy: { operations: [], messages: 'none' },
    },
  ];
}
