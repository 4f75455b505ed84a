import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { successOf } from '../../support/api-client.js';
import { freshUser, nobody, sending, VAULT_DIALECTS } from '../../support/dialects.js';
import { splitWallet } from '../../support/split-wallet.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { FAUCET_CONTRACT, MINER_CONTRACT, STORAGE_CONTRACT } from '../../support/transactions.js';

interface CatalogueEntry {
  readonly group: string;
  readonly summary: string;
  readonly functions: readonly { readonly contract: string; readonly address: string; readonly name: string }[];
}

const GROUPS_OF_THE_CLIENTS = [
  'token_transfers',
  'allocation_file_operations',
  'allocation_storage_operations',
  'allocation_token_operations',
  'storage_rewards',
  'storage_operations',
  'storage_management',
  'miner_operations',
  'miner_management_operations',
  'miner_financial_operations',
  'token_bridging',
  'authorizer_management_operations',
  'authorizer_operations',
];

let server: TestServer;
let catalogue: readonly CatalogueEntry[];
beforeAll(async () => {
  server = await startTestServer();
  catalogue = successOf<CatalogueEntry[]>(await server.anonymous().get('/restrictions/catalogue'));
});
afterAll(() => server.stop());

describe('GET /restrictions/catalogue', () => {
  it.each(VAULT_DIALECTS)('needs no token and looks at none, in the $dialect dialect', async ({ dialect }) => {
    for (const user of [nobody(server), sending(nobody(server), { 'X-Jwt-Token': 'expired or forged' })]) {
      expect(successOf(await user[dialect].get('/restrictions/catalogue'))).toStrictEqual(catalogue);
    }
  });

  it('tells of each group by name, one line of explanation and its functions, and of nothing else', () => {
    for (const entry of catalogue) {
      expect(entry).toStrictEqual({
        group: expect.stringMatching(/^[a-z_]+$/),
        summary: expect.stringMatching(/^[A-Z][^\n]{10,}$/),
        functions: entry.functions.map(() => ({
          contract: expect.stringMatching(/^[a-z_]+$/),
          address: expect.stringMatching(/^([0-9a-f]{64})?$/),
          name: expect.stringMatching(/^[\w-]+$/),
        })),
      });
    }
  });

  it('has every group that is a constant in the clients, once', () => {
    const names = catalogue.map(({ group }) => group);
    expect(names).toStrictEqual(expect.arrayContaining(GROUPS_OF_THE_CLIENTS));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells the two collect_reward apart by the contract', () => {
    const places = catalogue.flatMap(({ group, functions }) =>
      functions.filter(({ name }) => name === 'collect_reward').map(({ address }) => [group, address]),
    );
    expect(places).toStrictEqual([
      ['storage_rewards', STORAGE_CONTRACT],
      ['miner_financial_operations', MINER_CONTRACT],
    ]);
  });

  it('has transfers and test tokens in one group, as the clients have', () => {
    const functions = catalogue.find(({ group }) => group === 'token_transfers')?.functions;
    expect(functions).toStrictEqual([
      { contract: 'none', address: '', name: 'transfer' },
      { contract: 'faucet', address: FAUCET_CONTRACT, name: 'pour' },
    ]);
  });

  it('warns in the summary of message_signing that it allows everything', () => {
    expect(catalogue.find(({ group }) => group === 'message_signing')?.summary).toMatch(/any transaction.*everything/);
  });

  it.each(VAULT_DIALECTS)(
    'names nothing that PUT /restrictions does not take in the $dialect dialect',
    async ({ dialect }) => {
      const user = freshUser(server, 'alice');
      const { key } = await splitWallet(user.documented);
      const owner = sending(user, { 'X-Peer-Public-Key': key.peer_public_key });
      const names = catalogue.map(({ group }) => group);
      successOf(await owner[dialect].put(`/restrictions/${key.client_id}`, { restrictions: names }));
      expect(successOf(await owner.documented.get('/restrictions'))).toStrictEqual(names);
    },
  );
});
