import { shownNumber } from '../../audit/verify/finding.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import { exportDatabase } from '../../audit/verify/verify-database.js';
import { tell } from './leaf.js';
import { printable } from './printable.js';
import { progressTo } from './progress.js';
import type { Terminal } from './terminal.js';
import { trustedBy } from './trusted-by.js';
import type { TrustOptions } from './trusted-by.js';
import { linesOf } from './verify-report.js';

/** As the command line has them. */
export interface ExportOptions extends TrustOptions {
  readonly checkpoints?: readonly string[];
  readonly archive?: string;
  readonly json?: true;
}

/** Exports, and tells. Returns the exit code; throws what `exportDatabase` does. */
export function auditExport(file: string, directory: string, options: ExportOptions, terminal: Terminal): number {
  const log = trustedBy(options);
  const { report, head } = exportDatabase(file, log, directory, {
    checkpoints: (options.checkpoints ?? []).map((path) => new KeptNotesFile(path)),
    archive: options.archive,
    progress: progressTo(terminal),
  });
  if (head === undefined) {
    for (const line of linesOf({ file, log, report })) terminal.error(printable(line));
    terminal.error('nothing was exported');
    return 1;
  }
  const lines = [`${directory}: ${shownNumber(head.size)} entries of ${head.origin}, under their checkpoint`];
  const { size, origin } = head;
  tell(terminal, options.json, {
    lines,
    json: { folder: directory, origin, size, root: head.root.toString('base64') },
  });
  return 0;
}
