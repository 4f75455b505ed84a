import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * The terminal that the service was started in, if it was. A closed one says so by SIGHUP, the same signal that asks a
 * daemon to read its files again; the terminal itself tells the two apart.
 */
export class Terminal {
  readonly #wasThere = [0, 1, 2].some((stream) => isatty(stream)) && opens();

  isGone(): boolean {
    return this.#wasThere && !opens();
  }
}

/** Whether this process has a controlling terminal (tty(4)); it has none any more once that is closed. */
function opens(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
