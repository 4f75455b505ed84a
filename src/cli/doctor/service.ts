import type { KmsConfiguration } from '../../config/configuration.js';
import { askService } from '../kms/ask-service.js';
import type { Finding } from './finding.js';

/** How the running service says that it is. Rejects with `StartError` where it cannot be asked. */
export async function serviceFindings(
  { operatorSocket }: KmsConfiguration,
  isServed: boolean,
): Promise<readonly Omit<Finding, 'name'>[]> {
  if (!isServed) return [{ state: 'ok', text: 'none runs on this database' }];
  if (operatorSocket === undefined)
    return [{ state: 'warn', text: 'one runs, and has no OPERATOR_SOCKET to be asked by' }];
  const answer = await askService(operatorSocket, 'status');
  const reasons = Object.entries((answer['reasons'] ?? {}) as Readonly<Record<string, unknown>>);
  const warnings = Array.isArray(answer['warnings']) ? answer['warnings'] : [];
  return [
    answer['ready'] === true
      ? { state: 'ok', text: 'it runs, and is ready' }
      : { state: 'bad', text: 'it runs, and is not ready' },
    ...reasons.map(([name, why]) => ({ state: 'bad' as const, text: `${name}: ${String(why)}` })),
    ...warnings.map((warning) => ({ state: 'warn' as const, text: String(warning) })),
  ];
}
