import { isObject } from '../../audit/verify/entry-form.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { parseVkey } from '../../audit/tlog/verifier-key.js';
import { tell } from './leaf.js';
import type { Terminal } from './terminal.js';

const PATIENCE_MS = 10_000;
const KEYS = ['checkpoints', 'times', 'promises'] as const;

/**
 * Shows the keys of the log that a running service answers. They are sealed in its database, so nothing else tells them.
 * Returns the exit code; rejects with `CannotVerifyError` or `MalformedTlogError` when there are none.
 */
export async function auditKey(
  { url, json }: { readonly url: string; readonly json?: true },
  terminal: Terminal,
): Promise<number> {
  const keys = await askFor(url);
  const found = KEYS.map((name): readonly [string, string] => {
    const vkey = keys[name];
    if (typeof vkey !== 'string') throw new CannotVerifyError(`it answers no key for ${name}`);
    parseVkey(vkey, name);
    return [name, vkey];
  });
  tell(terminal, json, { lines: found.map((pair) => pair.join(' ')), json: Object.fromEntries(found) });
  terminal.error(
    'Keep these, and ask from elsewhere too: who would forge a checkpoint would forge this answer as well.',
  );
  return 0;
}

async function askFor(url: string): Promise<Readonly<Record<string, unknown>>> {
  let answer: unknown;
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/audit/key`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    answer = response.ok ? await response.json() : undefined;
  } catch {
    throw new CannotVerifyError('no service answers there');
  }
  if (!isObject(answer)) throw new CannotVerifyError('what answers there has no log');
  return answer;
}
