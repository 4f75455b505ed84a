import { CONTRACTS } from '../chain/contracts.js';
import type { ContractName } from '../chain/contracts.js';
import { ALL_OPERATION_GROUPS, definitionOf } from './operation-groups.js';
import type { OperationGroup } from './operation-groups.js';

export interface CatalogueFunction {
  /** Our short name of the contract; `none` for a plain transfer. */
  readonly contract: string;
  /** 64 lower-case hex digits; empty for a plain transfer. */
  readonly address: string;
  /** The name as it stands in the transaction's data. */
  readonly name: string;
}

export interface CatalogueEntry {
  readonly group: OperationGroup;
  readonly summary: string;
  /** Empty for groups about something else than functions: data transactions, messages. */
  readonly functions: readonly CatalogueFunction[];
}

function functionsOf(group: OperationGroup): CatalogueFunction[] {
  const { functions, alsoAllows } = definitionOf(group);
  const transfer = alsoAllows === 'transfer' ? [{ contract: 'none', address: '', name: 'transfer' }] : [];
  const calls = (Object.keys(functions) as ContractName[]).flatMap((contract) =>
    (functions[contract] ?? []).map((name) => ({ contract, address: CONTRACTS[contract].address, name })),
  );
  return [...transfer, ...calls];
}

/** Every operation group with its functions and a line of explanation: what `GET /restrictions/catalogue` answers. */
export function restrictionsCatalogue(): CatalogueEntry[] {
  return ALL_OPERATION_GROUPS.map((group) => ({
    group,
    summary: definitionOf(group).summary,
    functions: functionsOf(group),
  }));
}
