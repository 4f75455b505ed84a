import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ensureBuilt } from '../support/built-server.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { readDocument } from './documents.js';
import { isInstalled, toolboxes, typeIntoBash } from './tour-shell.js';

interface Block {
  readonly isStopped: boolean;
  readonly commands: string;
}

const BLOCK = /(<!-- stopped -->\n)?```bash\n(.*?)```/gs;
const blocks = [...readDocument('docs/operations.md').matchAll(BLOCK)].map(([, stopped, commands = '']): Block => ({
  isStopped: stopped !== undefined,
  commands,
}));

/** What each says that is to be seen when all went well. */
const SAID = [
  /^ready\n/,
  /^[^\n]*new\.age/,
  /^ok {3}configuration(?:.*\n)*ready\n(?:.*\n)*.*verified: nothing was found/,
  /^restored [^\n]*drill/,
  /^[^\n]*record-new: \d+ entries of [^\n]*\nnothing to archive/,
  /^the service is sealed now\n/,
  /^the service is open now\nready\n/,
  /^file \w+ \(\w+\) works[^\n]*\n\w+ is the current key: restart with its settings\n(?:.*\n)*\w+ current: file/,
];

let folder: string;
let server: TestServer | undefined;
beforeAll(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'kms-operations-'));
  mkdirSync(join(folder, 'kept'), { mode: 0o700 });
  writeFileSync(join(folder, 'kept', 'passphrase'), 'seven words that nobody has ever guessed\n', { mode: 0o600 });
}, 300_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

const serve = (): Promise<TestServer> =>
  startTestServer({
    DATA_DIR: join(folder, 'data'),
    DATABASE: join(folder, 'data', 'kms.sqlite'),
    AUDIT_CHECKPOINT_SECONDS: '1',
  });

/** Until a checkpoint covers all that there is, or nothing could be exported. */
async function untilSigned(running: TestServer): Promise<void> {
  const size = (await running.audit()).length;
  const newest = async (): Promise<number> =>
    Number((await running.anonymous().get('/audit/checkpoint')).text.split('\n')[1]);
  while ((await newest()) < size) {
    running.clock.advanceSeconds(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('the commands of the runbook work as they stand there, in their order', async () => {
  expect(blocks).toHaveLength(SAID.length);
  const [toolbox] = toolboxes();
  for (const [index, { isStopped, commands }] of blocks.entries()) {
    if (isStopped) {
      await server?.close();
      server = undefined;
    } else if (server === undefined) {
      server = await serve();
      await splitWallet(server.as(`owner-${index}`));
      await untilSigned(server);
    }
    const variables = {
      ...(isInstalled() ? {} : toolbox?.environment),
      KMS: server?.url ?? '',
      KEPT: join(folder, 'kept'),
      NEW: 'new',
      DATA_DIR: join(folder, 'data'),
    };
    const { lines, errors } = await typeIntoBash(`set -e\n${commands}`, variables);
    expect({ commands, errors, said: `${lines.join('\n')}\n` }).toEqual({
      commands,
      errors: expect.any(String),
      said: expect.stringMatching(SAID[index] ?? /never/),
    });
  }
  expect(readdirSync(join(folder, 'kept')).sort()).toEqual([
    'kek-new.env',
    'log-keys',
    'new.age',
    'passphrase',
    'record-new',
    'sealing-key-new',
  ]);
  chmodSync(folder, 0o700);
}, 400_000);
