import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';

beforeAll(() => {
  ensureBuilt();
}, 240_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

/** Lets the process, and nothing before it, open so many files. */
const mayOpen = (limit: number): string[] => ['bash', '-c', `ulimit -n ${limit}; exec "$0" "$@"`];

const environment = (): Record<string, string> => ({ DATA_DIR: newDataDirectory(), LOG_LEVEL: 'silent' });

// Elsewhere the limit is not known to the process.
(process.platform === 'linux' ? describe : describe.skip)('a start that may open too few files', () => {
  it.each([64, 200, 256, 400, 1023])('is refused in one line that says how many it may: %d', async (limit) => {
    const built = spawnBuilt(environment(), mayOpen(limit));
    expect(await built.ended).toEqual({ code: 1, signal: null });
    expect(built.stdout()).toBe('');
    expect(built.stderr()).toBe(
      `cannot start: this process may open only ${limit} files at a time and needs at least 1024: ` +
        'raise its hard limit (ulimit -n, LimitNOFILE, --ulimit nofile)\n',
    );
  });

  it('is none with as many as it asks for', async () => {
    const built = await startBuilt(environment(), mayOpen(1024));
    await stopBuilt(built);
    expect(built.stderr()).toBe('');
  });
});
