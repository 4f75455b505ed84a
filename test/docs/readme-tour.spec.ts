import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireWallet } from '../support/wire-types.js';
import { readDocument } from './documents.js';
import { toolboxes, typeIntoBash } from './tour-shell.js';

const [, tour = ''] = /```bash\n(.*?)```/s.exec(readDocument('README.md')) ?? [];

let server: TestServer;
beforeAll(async () => {
  // The tour's `npm run` commands run what is built.
  ensureBuilt();
  server = await startTestServer();
}, 300_000);
afterAll(() => server.stop());

describe("the README's tour", () => {
  it('has ten lines', () => {
    expect(tour.trimEnd().split('\n')).toHaveLength(10);
  });

  it.each(toolboxes())('works as pasted, with $name', async ({ environment }) => {
    // The test's clock stands still, and the newest wallet is looked for below.
    server.clock.advanceSeconds(1);
    // Not a character of it is changed; the environment alone says where this server is.
    const here = { KMS: server.url, DATA_DIR: server.dataDirectory };
    const { lines, errors } = await typeIntoBash(tour, { ...environment, ...here });
    expect(errors).toBe('');
    expect(lines).toHaveLength(3);
    const [signed = '', restricted = '', revoked = ''] = lines;
    expect(restricted).toMatch(/^\{\} restricted to transfers: .*"code":"SIGNING\.NOT_ALLOWED"/);
    expect(revoked).toMatch(/^\{\} revoked: .*"code":"SPLIT_KEY\.REVOKED"/);

    const client = await walletClient();
    const wallets = successOf<WireWallet[]>(await server.as('alice').get('/wallets'));
    const [, combined = ''] = /^1\. combined: \{"sig":"([0-9a-f]{64})"\}$/.exec(signed) ?? [];
    expect(client.verify(wallets.at(-1)?.client_key ?? '', sha3('hello'), combined)).toBe(true);
  });
});
