import { SecretBytes } from '../crypto/secret-bytes.js';
import { nameOf } from '../database/rows/covered-table.js';
import type { CheckedRows } from '../audit/rows/row-checks.js';
import type { RecordedWork } from '../audit/recorded-work.js';
import type { StoredWords } from '../events/stored-words.js';
import type { Readiness } from '../readiness/readiness.js';
import type { ServiceSeal } from '../readiness/service-seal.js';
import { noteBackup, wordsOf } from './operator-answers.js';
import type { Given, OperatorCommands } from './operator-socket.js';

/** An answer names as many; the log and the record have more. */
const MOST_TOLD = 100;

/** What the commands are done with. */
export interface Operated {
  readonly seal: ServiceSeal;
  readonly readiness: Readiness;
  readonly recorded: RecordedWork;
  readonly words: StoredWords;
  /** Checks all rows that decide. */
  readonly checkRows: (say: (line: string) => void) => Promise<CheckedRows>;
  /** The newest checkpoint of the record, if there is one. */
  readonly checkpoint: () => { readonly origin: string; readonly size: number } | undefined;
  readonly log: { readonly warn: (line: string) => void };
}

/** Each is recorded that changes something. */
export function operatorCommands(operated: Operated): OperatorCommands {
  const { seal } = operated;
  return {
    status: () => status(operated),
    seal: async () => {
      const changed = await seal.seal();
      if (!changed) return { sealed: true, changed };
      operated.log.warn('sealed: nothing is signed, made or shown that is secret until kms unseal');
      return { sealed: true, changed, ...(await record('seal-service', operated)) };
    },
    unseal: async (given) => {
      const changed = await seal.unseal(passphraseIn(given));
      if (!changed) return { sealed: false, changed };
      operated.log.warn('unsealed');
      return { sealed: false, changed, ...(await record('unseal-service', operated)) };
    },
    'verify-rows': (_, say) => verifyRows(operated, say),
    'show-words': (given) => wordsOf(given, operated.words),
    'note-backup': (given) => noteBackup(given, operated.recorded),
  };
}

/** What an operator typed, where the service was told no passphrase. */
export function passphraseIn({ passphrase }: Given): SecretBytes | undefined {
  return typeof passphrase === 'string' ? new SecretBytes(new TextEncoder().encode(passphrase)) : undefined;
}

/** Asks for the keys, so a sealed service cannot. */
async function verifyRows({ seal, checkRows }: Operated, say: (line: string) => void): Promise<object> {
  seal.demandOpen();
  const { rows, untrue } = await checkRows(say);
  const told = untrue.map(({ table, key, why }) => ({ row: nameOf(table, key), why }));
  return { rows, untrue: told.length, found: told.slice(0, MOST_TOLD) };
}

async function status({ seal, readiness, checkpoint }: Operated): Promise<object> {
  const [looked, warnings] = await Promise.all([readiness.look(), readiness.warnings()]);
  const reasons = [...looked].flatMap(([name, objection]) => (objection === undefined ? [] : [[name, objection]]));
  return {
    ready: reasons.length === 0,
    sealed: seal.isSealed,
    reasons: Object.fromEntries(reasons) as Record<string, string>,
    warnings,
    checkpoint: checkpoint() ?? null,
  };
}

/** Whoever stops the service must not be kept from it by a full disk: what could not be recorded is said, and logged. */
async function record(
  action: 'seal-service' | 'unseal-service',
  { recorded, log }: Operated,
): Promise<{ readonly recorded: boolean }> {
  try {
    await recorded.ofItself(action, () => Promise.resolve([{}]));
    return { recorded: true };
  } catch (error) {
    log.warn(`${action} could not be recorded: ${String(error)}`);
    return { recorded: false };
  }
}
