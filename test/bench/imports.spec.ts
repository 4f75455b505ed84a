import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../architecture/project-files.js';

const run = promisify(execFile);

/** These begin to work as soon as they are loaded. */
const ENTRIES = ['run.mjs', 'cosign.mjs', 'arithmetic.mjs', 'queue-model.mjs', 'lists.mjs', 'verify.mjs'];

describe('the bench', () => {
  it('imports nothing that the build does not have', async () => {
    const modules = readdirSync(join(PROJECT, 'bench')).filter(
      (name) => name.endsWith('.mjs') && !ENTRIES.includes(name),
    );
    expect(modules.length).toBeGreaterThan(15);
    // Linking a module fails when a name that it imports is not exported, so loading all of them is the test.
    const script = `${modules.map((name) => `await import('./bench/${name}');`).join('\n')}\nprocess.stdout.write('loaded');`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: PROJECT });
    expect(stdout).toBe('loaded');
  });
});
