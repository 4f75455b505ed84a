import { isOperationOrGroup, operationSet } from './operation-set.js';
import type { OperationSet } from './operation-set.js';
import { readList, readText, refuse } from './policy-fields.js';
import type { Field } from './policy-fields.js';

const MAX_OPERATIONS = 100;

const NO_OPERATION =
  'is no operation; GET /restrictions/catalogue lists groups and functions, of which a single one is ' +
  'written "contract:function", and there are "transfer" and "data"';

/** `policy.operations`, which may be empty: nothing. @throws MalformedPolicyError */
export function parseOperations(field: Field): OperationSet {
  return operationSet(readList(field, 0, MAX_OPERATIONS, 'operations').map(parseOperation));
}

/** The operations of a limit: those of transactions, and one at least. @throws MalformedPolicyError */
export function parseCountedOperations(field: Field): OperationSet {
  const names = readList(field, 1, MAX_OPERATIONS, 'operations').map((element) => {
    const name = parseOperation(element);
    if (name === 'message_signing' || name === 'data_signing') {
      refuse(element, 'is of messages; a limit counts those by "of"');
    }
    return name;
  });
  return operationSet(names);
}

function parseOperation(field: Field): string {
  const name = readText(field);
  return isOperationOrGroup(name) ? name : refuse(field, NO_OPERATION);
}
