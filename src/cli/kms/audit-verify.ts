import { readFileSync, statSync } from 'node:fs';
import type { GivenPromise } from '../../audit/verify/given-promises.js';
import { shownNumber } from '../../audit/verify/finding.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { TrustedLog } from '../../audit/verify/trusted-log.js';
import { verifyDatabase } from '../../audit/verify/verify-database.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';
import { jsonOf, linesOf } from './verify-report.js';

/** As the command line has them. */
export interface VerifyOptions {
  readonly vkey?: readonly string[];
  readonly checkpoints?: readonly string[];
  readonly timesVkey?: readonly string[];
  readonly promise?: readonly string[];
  readonly promisesVkey?: readonly string[];
  readonly proof?: readonly string[];
  readonly json?: true;
}

/** How often somebody is told how far it is. */
const WATCHED_MS = 1_000;
const UNWATCHED_MS = 10_000;

const NO_VKEY =
  'whom to trust must be said: --vkey VKEY, which GET /audit/key of the service answers as "checkpoints". Take it down ' +
  'once, when you begin to rely on the log, and never from what is to be verified';

/** Verifies, and tells. Returns the exit code; throws `CannotVerifyError`, `MalformedTlogError` or what the file system says. */
export function auditVerify(file: string, options: VerifyOptions, terminal: Terminal): number {
  if (options.vkey === undefined) throw new CannotVerifyError(NO_VKEY);
  if (options.promise !== undefined && options.promisesVkey === undefined) {
    throw new CannotVerifyError('a promise wants --promises-vkey VKEY, which GET /audit/key answers as "promises"');
  }
  const log = TrustedLog.of({
    checkpoints: options.vkey,
    times: options.timesVkey ?? [],
    promises: options.promisesVkey ?? [],
  });
  const report = verifyDatabase(file, log, {
    checkpoints: (options.checkpoints ?? []).map((path) => new KeptNotesFile(path)),
    promises: (options.promise ?? []).flatMap(promisesIn),
    proofs: (options.proof ?? []).map((path) => ({ text: readFileSync(path, 'utf8'), where: path })),
    progress: progressTo(terminal),
  });
  const shown = { file, log, report };
  for (const line of options.json === true ? jsonOf(shown) : linesOf(shown)) terminal.out(printable(line));
  return report.findings.length === 0 ? 0 : 1;
}

/** A header as it came with an answer, or a file that has one in each line. */
function promisesIn(word: string): readonly GivenPromise[] {
  if (statSync(word, { throwIfNoEntry: false })?.isFile() !== true) {
    return [{ header: word, where: 'the command line' }];
  }
  const headers = readFileSync(word, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  return headers.filter((header) => header !== '').map((header) => ({ header, where: word }));
}

function progressTo({ error, isTerminal = false }: Terminal): (entries: number) => void {
  const every = isTerminal ? WATCHED_MS : UNWATCHED_MS;
  let last = performance.now();
  return (entries) => {
    const now = performance.now();
    if (now - last < every) return;
    last = now;
    error(`read ${shownNumber(entries)} entries`);
  };
}
