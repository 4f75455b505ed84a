import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const DEMO = fileURLToPath(new URL('../../dist/cli/demo.js', import.meta.url));

it('npm run demo goes to its end, where the record is verified and one changed byte is found', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [DEMO]);
  const steps = stdout.split('\n').filter((line) => /^(ok|NO) +\d+\. /.test(line));
  expect(steps.filter((line) => line.startsWith('NO'))).toEqual([]);
  expect(steps.at(-2)).toContain('entries are those that were signed, the promise is kept, the proof holds');
  expect(steps.at(-1)).toMatch(/a single byte of a copy.*: entr(y|ies) \d+/);
  expect(stdout.trim().endsWith('All as it should be.')).toBe(true);
  expect(stderr).toBe('');
}, 60_000);
