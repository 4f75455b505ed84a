import { readFileSync } from 'node:fs';
import { StartError } from '../errors/start-error.js';

/** What the service has open beside connections: its database, workers, logs, and what Node has for itself. */
const FILES_BESIDE_CONNECTIONS = 256;

/** Where more files may be opened, and nothing is set: some times what clients of one machine need. */
const USUAL_CONNECTIONS = 8192;

/**
 * The fewest files and connections that the process must be allowed to have open. Node opens up to 500 files at one
 * moment while it loads the service; the rest is for connections later. 1024 is also the least that systems give by default.
 */
const FEWEST_OPEN_FILES = 1024;

/**
 * Refuses a limit under which loading fails. Loading would tell it wrongly: Node takes a package whose file it may not
 * open for a package that is missing. Throws `StartError`; where there is no `/proc` (not Linux), does nothing.
 */
export function requireOpenFiles(): void {
  const limit = openFilesLimit();
  if (limit === undefined || limit >= FEWEST_OPEN_FILES) return;
  throw new StartError(
    `this process may open only ${limit} files at a time and needs at least ${FEWEST_OPEN_FILES}: raise its hard limit ` +
      '(ulimit -n, LimitNOFILE, --ulimit nofile)',
  );
}

/**
 * How many connections may be open at a time.
 *
 * @param wanted `MAX_CONNECTIONS`. Throws `StartError` when so many files cannot be open; without it there are as many as
 *   can be, up to the usual.
 */
export function connectionsAllowed(wanted: number | undefined, limit = openFilesLimit()): number {
  const possible = limit === undefined ? Number.POSITIVE_INFINITY : limit - FILES_BESIDE_CONNECTIONS;
  if (wanted === undefined) return Math.min(USUAL_CONNECTIONS, possible);
  if (wanted <= possible) return wanted;
  throw new StartError(
    `MAX_CONNECTIONS is more than this process may have open: ${limit} files, of which ${FILES_BESIDE_CONNECTIONS} are kept ` +
      'for other things; raise its limit (ulimit -n, LimitNOFILE, --ulimit nofile) or lower the setting',
  );
}

/** The soft limit, which Node has raised to the hard one by now; `undefined` when it is not known or there is none. */
function openFilesLimit(): number | undefined {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // That is an answer too, though without its figure.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    return undefined;
  }
}
