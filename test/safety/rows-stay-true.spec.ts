import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { askService } from '../../src/cli/kms/ask-service.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { whileTesting } from '../start/served-directory.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { foreignSplitKey, setUp } from '../support/foreign-split-key.js';
import { heldKey, signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import type { Answer } from '../support/api-client.js';
import type { TestServer } from '../support/test-server.js';
import { transfer } from '../support/transactions.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';

afterAll(removeDataDirectories);

const SEED = 20_261_130;
const ROUNDS = 3;
const CALLS = 70;
const USERS = ['alice', 'bob', 'carol'] as const;
const LIMITED = { limits: [{ kind: 'rolling', window_seconds: 60, max_count: 5 }] };

interface Made {
  readonly owner: string;
  readonly wallet: Pick<WireWallet, 'client_id' | 'client_key'>;
  key?: HeldKey;
}

/** Calls of all kinds that change rows, in any order, most of which are done. */
class Flow {
  readonly #made: Made[] = [];
  readonly answers = new Map<string, number>();
  #nonce = 0;

  constructor(private readonly random: () => number) {}

  async call(server: TestServer): Promise<void> {
    const one = this.#pick(this.#made);
    const kind = one === undefined ? 'wallet' : this.#pick(Object.keys(this.#calls));
    if (kind === undefined) return;
    const answer = await this.#calls[kind]?.(
      server,
      one ?? { owner: 'alice', wallet: { client_id: '', client_key: '' } },
    );
    const name = `${kind} ${(answer?.status ?? 0) < 300 ? 'done' : 'refused'}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    expect(answer?.status).not.toBe(500);
  }

  readonly #calls: Readonly<Record<string, (server: TestServer, one: Made) => Promise<Answer | undefined>>> = {
    wallet: async (server) => {
      const owner = this.#pick(USERS) ?? 'alice';
      const answer = await server.as(owner).post('/wallet');
      this.#made.push({ owner, wallet: answer.json as WireWallet });
      return answer;
    },
    key: async (server, one) => {
      const body = this.random() < 0.5 ? { policy: LIMITED } : {};
      const answer = await server.as(one.owner).post(`/key/${one.wallet.client_id}`, body);
      if (answer.status === 201) one.key = heldKey(answer.json as WireSplitKey);
      return answer;
    },
    'set up': async (server) => {
      const owner = this.#pick(USERS) ?? 'alice';
      const key = await foreignSplitKey();
      const answer = await setUp(server.as(owner, `${server.url}/zauth`), key);
      if (this.random() < 0.5) await server.as(owner, `${server.url}/zauth`).post(`/delete/${key.clientId}`);
      return answer;
    },
    pay: async (server, { wallet, key }) => {
      this.#nonce += 1;
      const transaction = { ...transfer(wallet, '1'), transaction_nonce: String(this.#nonce) };
      return key === undefined ? undefined : signTransaction(server.anonymous(), key, transaction);
    },
    share: async (server, { owner, key }) => {
      const target = USERS.find((user) => user !== owner);
      const body = { public_key: key?.userPublicKey, target_user_id: target, replace: true };
      return key === undefined ? undefined : server.as(owner).post('/share', body);
    },
    decline: async (server, { owner, wallet, key }) => {
      const target = USERS.find((user) => user !== owner) ?? '';
      if (key === undefined) return undefined;
      const client = server.as(target).with({ 'X-Peer-Public-Key': key.userPublicKey });
      return client.post('/share/decline', { client_id: wallet.client_id, all_of_owner: this.random() < 0.5 });
    },
    restrict: async (server, { owner, wallet, key }) => {
      if (key === undefined) return undefined;
      const client = server.as(owner).with({ 'X-Peer-Public-Key': key.userPublicKey });
      return client.put(`/restrictions/${wallet.client_id}`, { restrictions: ['token_transfers'] });
    },
    revoke: async (server, { owner, wallet, key }) =>
      key === undefined
        ? undefined
        : server.as(owner).post(`/revoke/${wallet.client_id}`, { public_key: key.userPublicKey }),
    freeze: (server, { owner, wallet }) => server.as(owner).post(`/freeze/${wallet.client_id}`),
    thaw: (server, { owner, wallet }) => server.as(owner).post(`/thaw/${wallet.client_id}`),
    delete: (server, { owner, wallet }) => server.as(owner).post(`/delete/${wallet.client_id}`),
    undelete: (server, { owner, wallet }) => server.as(owner).post(`/undelete/${wallet.client_id}`),
  };

  #pick<T>(of: readonly T[]): T | undefined {
    return of[Math.floor(this.random() * of.length)];
  }
}

it(`rows are what the record tells of them, whatever is called, through ${ROUNDS} starts`, async () => {
  const directory = newDataDirectory();
  const flow = new Flow(numbersFrom(SEED));
  for (let round = 0; round < ROUNDS; round += 1) {
    await whileTesting(directory, async (server) => {
      for (let call = 0; call < CALLS; call += 1) await flow.call(server);
      const found = await askService(join(directory, 'operator.sock'), 'verify-rows');
      expect(found).toMatchObject({ untrue: 0, found: [] });
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_altered_rows_read_total 0$/m);
    });
  }
  // All of it was done, and not only tried.
  const kinds = [
    'wallet',
    'key',
    'set up',
    'pay',
    'share',
    'decline',
    'restrict',
    'revoke',
    'freeze',
    'thaw',
    'delete',
    'undelete',
  ];
  expect([...flow.answers.keys()]).toEqual(expect.arrayContaining(kinds.map((kind) => `${kind} done`)));
}, 120_000);
