import { contractHas, CONTRACTS } from '../../chain/contracts.js';
import type { ContractName } from '../../chain/contracts.js';
import { ALL_OPERATION_GROUPS, definitionOf, isOperationGroup } from '../operation-groups.js';
import type { BeyondContracts, OperationGroup } from '../operation-groups.js';

/** `transfer`, `data`, or a function of a contract as `contract:function`: what one transaction can be. */
export type OperationName = 'transfer' | 'data' | `${ContractName}:${string}`;

/** What a set can cover: operations, and of messages `messages` (any) and `data-messages` (not 32 bytes long). */
export type Covered = OperationName | BeyondContracts;

/** Some operations, as somebody named them and as they are looked up. */
export interface OperationSet {
  /** Groups and single operations, without repetitions, in the order in which they were named. */
  readonly names: readonly string[];
  readonly covers: ReadonlySet<string>;
}

/** Everything that one name covers; undefined when it is neither a group's name nor an operation's. */
function coveredBy(name: string): readonly Covered[] | undefined {
  if (name === 'transfer' || name === 'data') return [name];
  if (isOperationGroup(name)) return coveredByGroup(name);
  return isContractFunction(name) ? [name] : undefined;
}

/** Everything that a group covers. */
export function coveredByGroup(group: OperationGroup): readonly Covered[] {
  return COVERED_BY_GROUP.get(group) ?? [];
}

const COVERED_BY_GROUP: ReadonlyMap<OperationGroup, readonly Covered[]> = new Map(
  ALL_OPERATION_GROUPS.map((group) => [group, whatGroupCovers(group)]),
);

function whatGroupCovers(group: OperationGroup): Covered[] {
  const { functions, alsoAllows } = definitionOf(group);
  const calls = (Object.keys(functions) as ContractName[]).flatMap((contract) =>
    (functions[contract] ?? []).map((name) => callName(contract, name)),
  );
  return alsoAllows === undefined ? calls : [alsoAllows, ...calls];
}

/** The name of a call, as policies write it. */
export function callName(contract: ContractName, functionName: string): `${ContractName}:${string}` {
  return `${contract}:${functionName}`;
}

function isContractFunction(name: string): name is `${ContractName}:${string}` {
  const colon = name.indexOf(':');
  const contract = name.slice(0, Math.max(0, colon));
  return Object.hasOwn(CONTRACTS, contract) && contractHas(contract as ContractName, name.slice(colon + 1));
}

/** Whether `name` is a group's or an operation's, letter case included. */
export function isOperationOrGroup(name: string): boolean {
  return coveredBy(name) !== undefined;
}

/** The set of these names, each of which {@link isOperationOrGroup}. Whatever else stands among them covers nothing. */
export function operationSet(names: Iterable<string>): OperationSet {
  const distinct = [...new Set(names)];
  return { names: distinct, covers: new Set(distinct.flatMap((name) => coveredBy(name) ?? [])) };
}

/** Every operation that a transaction on this chain can be. */
export const ALL_OPERATIONS: OperationSet = operationSet([
  'transfer',
  'data',
  ...(Object.keys(CONTRACTS) as ContractName[]).flatMap((contract) =>
    CONTRACTS[contract].functions.map((name) => callName(contract, name)),
  ),
]);

/** The groups that are covered whole, those that were named first: what somebody is shown who knows groups only. */
export function wholeGroups({ names, covers }: OperationSet): OperationGroup[] {
  const whole = ALL_OPERATION_GROUPS.filter((group) => coveredByGroup(group).every((one) => covers.has(one)));
  return [...new Set([...names.filter(isOperationGroup), ...whole])];
}

/** Whether both cover the same, however they name it. */
export function coverTheSame(one: OperationSet, other: OperationSet): boolean {
  return one.covers.size === other.covers.size && [...one.covers].every((name) => other.covers.has(name));
}
