import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kmsHere } from '../cli/kms-here.js';
import type { KmsRun } from '../cli/kms-process.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { successOf } from '../support/api-client.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireWallet } from '../support/wire-types.js';

let directory: string;
let server: TestServer;
let wallet: WireWallet;
let words: string;
beforeAll(async () => {
  directory = newDataDirectory();
  server = await startTestServer({ ...servedFrom(directory), DATABASE: join(directory, 'kms.sqlite') });
  wallet = successOf<WireWallet>(await server.as('alice').post('/wallet'), 201);
  words = wallet.mnemonics;
  expect(words.split(' ')).toHaveLength(24);
}, 60_000);
afterAll(async () => {
  await server.close();
  removeDataDirectories();
});

const kms = (...line: string[]): Promise<KmsRun> => kmsHere(line, servedFrom(directory));
const shown = async (): Promise<{ client_id: string | null; facts: unknown }[]> =>
  (await server.audit())
    .filter(({ action }) => action === 'show-words')
    .map(({ clientId, facts }) => ({ client_id: clientId ?? null, facts }));

describe('kms wallet words', () => {
  it('shows the words that were stored, in either letter case of the id, and records each time', async () => {
    expect(await kms('wallet', 'words', wallet.client_id)).toMatchObject({ code: 0, out: `alice: ${words}\n` });
    const json = await kms('wallet', 'words', wallet.client_id.toUpperCase(), '--json');
    expect(JSON.parse(json.out)).toEqual({ client_id: wallet.client_id, owners: [{ owner: 'alice', words }] });
    const entries = (await server.audit()).filter(({ action }) => action === 'show-words');
    expect(entries).toHaveLength(2);
    for (const entry of entries) {
      expect(entry).toMatchObject({ outcome: 'approved', clientId: wallet.client_id });
      expect(JSON.stringify(entry)).toContain('alice');
    }
  });

  it('leaves none of them in a log or the record, and tells none on standard error', async () => {
    const { error } = await kms('wallet', 'words', wallet.client_id);
    const rest = JSON.stringify([server.log, await server.audit(), error]);
    const longOnes = words.split(' ').slice(0, 4).join(' ');
    expect(rest).not.toContain(longOnes);
  });

  it('shows of each owner what is theirs, and says who has stored none', async () => {
    const { client_id } = successOf<WireWallet>(await server.as('bob').post('/store', { mnemonic: words }), 201);
    expect(client_id).toBe(wallet.client_id);
    const { code, out } = await kms('wallet', 'words', client_id);
    expect([code, out]).toEqual([0, `alice: ${words}\nbob: ${words}\n`]);
  });

  it.each([
    ['no wallet', 'ab'.repeat(32), /there is no wallet of this client id/],
    ['no client id', 'alice', /client_id must be 64 hexadecimal digits/],
  ])('refuses %s, and records nothing', async (_, named, said) => {
    const before = (await shown()).length;
    const { code, out, error } = await kms('wallet', 'words', named);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^cannot show the words: the service says: [^\n]+\n$/);
    expect(error).toMatch(said);
    expect((await shown()).length).toBe(before);
  });

  it('is refused by a sealed service, and where none runs', async () => {
    const before = (await shown()).length;
    expect((await kms('seal')).code).toBe(0);
    const sealed = await kms('wallet', 'words', wallet.client_id);
    expect(sealed).toMatchObject({ code: 2, out: '', error: expect.stringMatching(/the service says: .*sealed/) });
    expect((await shown()).length).toBe(before);
    expect((await kms('unseal')).code).toBe(0);
    const elsewhere = await kmsHere(['wallet', 'words', wallet.client_id], servedFrom(newDataDirectory()));
    expect(elsewhere).toMatchObject({ code: 2, error: expect.stringMatching(/no service runs/) });
  });
});

describe('what an operator says of a backup over the socket', () => {
  it('is recorded if it is understood, and nothing else is', async () => {
    const { askService } = await import('../../src/cli/kms/ask-service.js');
    const path = join(directory, 'operator.sock');
    const holds = { entries: 7, bytes: 4096, checkpoint: null };
    expect(await askService(path, 'note-backup', holds)).toEqual({ recorded: true });
    for (const odd of [{ entries: -1 }, { bytes: 'many' }, { checkpoint: 'mine' }, { entries: undefined }]) {
      await expect(askService(path, 'note-backup', { ...holds, ...odd })).rejects.toThrow('is not understood');
    }
    const entries = (await server.audit()).filter(({ action }) => action === 'make-backup');
    expect(entries).toHaveLength(1);
  });
});
