import { readFileSync, statSync } from 'node:fs';
import type { GivenPromise } from '../../audit/verify/given-promises.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { verifyRecord } from '../../audit/verify/verify-database.js';
import { codeOf } from '../../errors/error-code.js';
import { tell } from './leaf.js';
import { progressTo } from './progress.js';
import type { Terminal } from './terminal.js';
import { trustedBy } from './trusted-by.js';
import type { TrustOptions } from './trusted-by.js';
import { jsonOf, linesOf } from './verify-report.js';

/** As the command line has them. */
export interface VerifyOptions extends TrustOptions {
  readonly checkpoints?: readonly string[];
  readonly archive?: string;
  readonly promise?: readonly string[];
  readonly proof?: readonly string[];
  readonly json?: true;
}

/** Verifies, and tells. Returns the exit code; throws `CannotVerifyError`, `MalformedTlogError` or what the file system says. */
export function auditVerify(file: string, options: VerifyOptions, terminal: Terminal): number {
  const log = trustedBy(options);
  if (options.promise !== undefined && options.promisesVkey === undefined) {
    throw new CannotVerifyError('a promise wants --promises-vkey VKEY, which GET /audit/key answers as "promises"');
  }
  const report = verifyRecord(file, log, {
    checkpoints: (options.checkpoints ?? []).map((path) => new KeptNotesFile(path)),
    archive: options.archive,
    promises: (options.promise ?? []).flatMap(promisesIn),
    proofs: (options.proof ?? []).map((path) => ({ text: readFileSync(path, 'utf8'), where: path })),
    progress: progressTo(terminal),
  });
  const shown = { file, log, report };
  tell(terminal, options.json, { lines: linesOf(shown), json: jsonOf(shown) });
  return report.findings.length === 0 ? 0 : 1;
}

/** A header as it came with an answer, or a file that has one in each line. */
function promisesIn(word: string): readonly GivenPromise[] {
  if (!isFile(word)) {
    return [{ header: word, where: 'the command line' }];
  }
  const headers = readFileSync(word, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  return headers.filter((header) => header !== '').map((header) => ({ header, where: word }));
}

function isFile(word: string): boolean {
  try {
    return statSync(word, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    // A header is longer than the name of a file can be.
    if (codeOf(error) === 'ENAMETOOLONG') return false;
    throw error;
  }
}
