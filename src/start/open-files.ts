import { readFileSync } from 'node:fs';
import { StartError } from '../errors/start-error.js';

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
