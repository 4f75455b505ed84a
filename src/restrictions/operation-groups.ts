import type { ContractName, FunctionOf } from '../chain/contracts.js';

type ContractFunctions = { readonly [C in ContractName]?: readonly FunctionOf<C>[] };

/** What a group may allow beside contract calls: plain transfers, data transactions, messages, some messages. */
export type BeyondContracts = 'transfer' | 'data' | 'messages' | 'data-messages';

interface OperationGroupDefinition {
  /** One line for the person who chooses restrictions. */
  readonly summary: string;
  /** The contract calls it allows, by contract: `collect_reward` is two different calls. */
  readonly functions: ContractFunctions;
  readonly alsoAllows?: BeyondContracts;
}

/**
 * The operation groups, as data. The first thirteen are constants in the clients (names and contents are
 * theirs); the others are ours, so that an allow-list can express every transaction of the chain.
 */
export const OPERATION_GROUPS = {
  token_transfers: {
    summary: 'Send tokens to another wallet, and take test tokens from the faucet',
    functions: { faucet: ['pour'] },
    alsoAllows: 'transfer',
  },
  allocation_file_operations: {
    summary: 'Commit reads and writes of files in allocations',
    functions: { storage: ['read_redeem', 'commit_connection'] },
  },
  allocation_storage_operations: {
    summary: 'Create, change, finish and cancel storage allocations, the free ones too',
    functions: {
      storage: [
        'new_allocation_request',
        'update_allocation_request',
        'finalize_allocation',
        'cancel_allocation',
        'add_free_storage_assigner',
        'free_allocation_request',
      ],
    },
  },
  allocation_token_operations: {
    summary: 'Lock tokens for reading and writing, and unlock those for reading',
    functions: { storage: ['read_pool_lock', 'read_pool_unlock', 'write_pool_lock'] },
  },
  storage_rewards: {
    summary: 'Stake tokens on storage providers and collect the rewards',
    functions: { storage: ['collect_reward', 'stake_pool_lock', 'stake_pool_unlock'] },
  },
  storage_operations: {
    summary: 'Run a blobber or validator: register, report health, answer challenges',
    functions: {
      storage: ['challenge_response', 'add_validator', 'add_blobber', 'blobber_health_check', 'validator_health_check'],
    },
  },
  storage_management: {
    summary: 'Change the settings of blobbers and validators, shut them down or remove them',
    functions: {
      storage: [
        'kill_blobber',
        'kill_validator',
        'shutdown_blobber',
        'shutdown_validator',
        'update_blobber_settings',
        'update_validator_settings',
      ],
    },
  },
  miner_operations: {
    summary: 'Run a miner or sharder: register, report health, take part in view changes',
    functions: {
      miner: [
        'add_miner',
        'add_sharder',
        'miner_health_check',
        'sharder_health_check',
        'contributeMpk',
        'shareSignsOrShares',
        'wait',
        'sharder_keep',
      ],
    },
  },
  miner_management_operations: {
    summary: 'Change the settings of miners, and remove miners and sharders',
    functions: {
      miner: ['delete_miner', 'delete_sharder', 'update_miner_settings', 'kill_miner', 'kill_sharder'],
    },
  },
  miner_financial_operations: {
    summary: 'Stake tokens on miners and sharders and collect the rewards',
    functions: { miner: ['addToDelegatePool', 'deleteFromDelegatePool', 'collect_reward'] },
  },
  token_bridging: {
    summary: 'Move tokens between this chain and Ethereum',
    functions: { bridge: ['mint', 'burn'] },
  },
  authorizer_management_operations: {
    summary: 'Remove a bridge authorizer',
    functions: { bridge: ['delete-authorizer'] },
  },
  authorizer_operations: {
    summary: 'Run a bridge authorizer, and stake tokens on one',
    functions: {
      bridge: ['add-authorizer', 'authorizer-health-check', 'add-to-delegate-pool', 'delete-from-delegate-pool'],
    },
  },
  authorizer_settings_operations: {
    summary: 'Change the settings and the stake pool of a bridge authorizer, and collect its rewards',
    functions: { bridge: ['update-authorizer-config', 'update-authorizer-stake-pool', 'collect-rewards'] },
  },
  sharder_settings_operations: {
    summary: 'Change the settings of sharders',
    functions: { miner: ['update_sharder_settings'] },
  },
  network_governance: {
    summary: 'Change the rules of the network; the chain accepts these from its owner only',
    functions: {
      storage: [
        'update_settings',
        'reset_blobber_stats',
        'reset_allocation_stats',
        'update_blobber_version',
        'insert_killed_provider_id',
      ],
      miner: ['update_settings', 'update_globals', 'add_hardfork', 'vc_add'],
      bridge: ['update-global-config'],
      faucet: ['update-settings'],
      vesting: ['vestingsc-update-settings'],
    },
  },
  faucet_operations: {
    summary: 'Refill the faucet',
    functions: { faucet: ['refill'] },
  },
  vesting_operations: {
    summary: 'Set up, pay out, stop and remove vesting pools',
    functions: { vesting: ['trigger', 'unlock', 'add', 'stop', 'delete'] },
  },
  multisig_operations: {
    summary: 'Register a multi-signature wallet and vote on its transfers',
    functions: { multisig: ['register', 'vote'] },
  },
  data_storage: {
    summary: 'Write a piece of data onto the chain (transactions of type 10, without tokens)',
    functions: {},
    alsoAllows: 'data',
  },
  message_signing: {
    summary: 'Sign any message; 32 bytes may be the hash of any transaction, so this allows everything',
    functions: {},
    alsoAllows: 'messages',
  },
  data_signing: {
    summary: 'Sign messages that are not 32 bytes long, such as the MD5 of an upload: none is a transaction’s hash',
    functions: {},
    alsoAllows: 'data-messages',
  },
} as const satisfies Record<string, OperationGroupDefinition>;

/** The name of an operation group, as the wire spells it. */
export type OperationGroup = keyof typeof OPERATION_GROUPS;

/** The definition of a group, without the literal types of the table. */
export function definitionOf(group: OperationGroup): OperationGroupDefinition {
  return OPERATION_GROUPS[group];
}

/** Every group's name, in the order of the table. */
export const ALL_OPERATION_GROUPS = Object.keys(OPERATION_GROUPS) as readonly OperationGroup[];

/** Whether `name` is exactly a group's name; names from Object.prototype are not. */
export function isOperationGroup(name: string): name is OperationGroup {
  return Object.hasOwn(OPERATION_GROUPS, name);
}
