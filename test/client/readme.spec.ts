import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECT, readProjectFile } from '../architecture/project-files.js';
import { ensureBuilt } from '../support/built-server.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

const examples = [...readProjectFile('packages/client/README.md').matchAll(/```js\n(.*?)```/gs)].map(
  ([, example = '']) => example,
);

/** What each example prints. */
const PRINTED = [
  'write down: 24 words\nsigned: 64 digits, promised: true\nto be sent to the chain: 64 digits\n' +
    'SIGNING.NOT_ALLOWED by limits[0], free in a day: true\n',
  "false [ 'max_value' ]\n2 null\n",
  'create-wallet true\n',
];

let server: TestServer;
let folder: string;
beforeAll(async () => {
  ensureBuilt();
  server = await startTestServer({ AUDIT_CHECKPOINT_SECONDS: '1', LOG_LEVEL: 'silent' });
  // Inside the project, so that the package is found as it is built.
  folder = mkdtempSync(join(PROJECT, 'node_modules', '.cache', 'readme-'));
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

describe("the client's README", () => {
  it.each(PRINTED.map((printed, at) => ({ at, printed })))('has an example $at that works', async ({ at, printed }) => {
    const file = join(folder, `example-${at}.mjs`);
    writeFileSync(file, examples[at] ?? '');
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      env: { KMS: server.url, TOKEN: server.token('alice') },
    });
    expect(stdout).toBe(printed);
  });

  it('has no example that is not tried', () => {
    expect(examples).toHaveLength(PRINTED.length);
  });
});
