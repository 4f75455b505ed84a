/**
 * The chain's smart contracts and the functions that a wallet may call on them.
 *
 * Facts from 0chain/0chain (`smartcontract/setupsc` lists the contracts that a node runs; each contract's
 * `Execute` its functions) and 0chain/gosdk (`core/transaction/entity.go`, the names that clients send).
 * Functions that only a node calls in its own block (`payFees`, `generate_challenge`,
 * `blobber_block_rewards`, …) are absent on purpose: no list can allow them.
 *
 * The last three contracts ran on earlier versions of the chain and have no function here, so that a
 * restricted key can neither call them nor send tokens or data to their addresses: `fees` (…d1, later the
 * first miner contract), `zrc20` (…d5) and `interest_pool`.
 */
const PREFIX = '6dba10422e368813802877a85039d3985d96760ed844092319743fb3a76712';

export const CONTRACTS = {
  storage: {
    address: `${PREFIX}d7`,
    functions: [
      'read_redeem',
      'commit_connection',
      'new_allocation_request',
      'update_allocation_request',
      'finalize_allocation',
      'cancel_allocation',
      'add_free_storage_assigner',
      'free_allocation_request',
      'read_pool_lock',
      'read_pool_unlock',
      'write_pool_lock',
      'collect_reward',
      'stake_pool_lock',
      'stake_pool_unlock',
      'challenge_response',
      'add_validator',
      'add_blobber',
      'blobber_health_check',
      'validator_health_check',
      'kill_blobber',
      'kill_validator',
      'shutdown_blobber',
      'shutdown_validator',
      'update_blobber_settings',
      'update_validator_settings',
      'update_settings',
      'reset_blobber_stats',
      'reset_allocation_stats',
      'update_blobber_version',
      'insert_killed_provider_id',
    ],
  },
  miner: {
    address: `${PREFIX}d9`,
    functions: [
      'add_miner',
      'add_sharder',
      'miner_health_check',
      'sharder_health_check',
      'contributeMpk',
      'shareSignsOrShares',
      'wait',
      'sharder_keep',
      'delete_miner',
      'delete_sharder',
      'update_miner_settings',
      'update_sharder_settings',
      'kill_miner',
      'kill_sharder',
      'addToDelegatePool',
      'deleteFromDelegatePool',
      'collect_reward',
      'update_settings',
      'update_globals',
      'add_hardfork',
      'vc_add',
    ],
  },
  bridge: {
    address: `${PREFIX}e0`,
    functions: [
      'mint',
      'burn',
      'add-authorizer',
      'delete-authorizer',
      'authorizer-health-check',
      'add-to-delegate-pool',
      'delete-from-delegate-pool',
      'update-global-config',
      'update-authorizer-config',
      'update-authorizer-stake-pool',
      'collect-rewards',
    ],
  },
  faucet: {
    address: `${PREFIX}d3`,
    functions: ['pour', 'refill', 'update-settings'],
  },
  vesting: {
    address: '2bba5b05949ea59c80aed3ac3474d7379d3be737e8eb5a968c52295e48333ead',
    functions: ['trigger', 'unlock', 'add', 'stop', 'delete', 'vestingsc-update-settings'],
  },
  multisig: {
    address: '27b5ef7120252b79f9dd9c05505dd28f328c80f6863ee446daede08a84d651a7',
    functions: ['register', 'vote'],
  },
  fees: { address: `${PREFIX}d1`, functions: [] },
  zrc20: { address: `${PREFIX}d5`, functions: [] },
  interest_pool: { address: 'cf8d0df9bd8cc637a4ff4e792ffe3686da6220c45f0e1103baa609f3f1751ef4', functions: [] },
} as const satisfies Record<string, { readonly address: string; readonly functions: readonly string[] }>;

/** Our short name of a contract. */
export type ContractName = keyof typeof CONTRACTS;

/** The functions of one contract, by their exact names. */
export type FunctionOf<C extends ContractName> = (typeof CONTRACTS)[C]['functions'][number];

const nameByAddress: ReadonlyMap<string, ContractName> = new Map(
  (Object.keys(CONTRACTS) as ContractName[]).map((name) => [CONTRACTS[name].address, name]),
);

/**
 * The contract that stands, or once stood, at `address`; undefined when we know of none there.
 * Compares exactly: the caller has made sure of lower-case hex (the chain's own lookup is exact too).
 */
export function contractAt(address: string): ContractName | undefined {
  return nameByAddress.get(address);
}

/** Whether the contract has a wallet-callable function of exactly this name, letter case included. */
export function contractHas(contract: ContractName, functionName: string): boolean {
  const functions: readonly string[] = CONTRACTS[contract].functions;
  return functions.includes(functionName);
}
