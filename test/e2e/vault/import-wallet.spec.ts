import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, successOf } from '../../support/api-client.js';
import { freshUser, refusedInBothDialects, VAULT_DIALECTS } from '../../support/dialects.js';
import { fieldCases } from '../../support/field-cases.js';
import { askToSign } from '../../support/message-signing.js';
import { startTestServer } from '../../support/test-server.js';
import type { TestServer } from '../../support/test-server.js';
import { A_PUBLISHED_WALLET, publishedVector } from '../../support/wallet-vectors.js';
import type { PublishedWallet } from '../../support/wallet-vectors.js';
import type { WireSplitKey, WireWallet } from '../../support/wire-types.js';

type Known = Omit<PublishedWallet, 'mnemonic'>;

const FIELD_WALLET = fieldCases<Known>('wallet');
const OTHER = publishedVector('gosdk-demo-3', 'private_key', 'client_key', 'client_id', 'mnemonic');
const { private_key: privateKey, client_key: clientKey, client_id: clientId, mnemonic } = A_PUBLISHED_WALLET;

/** As the command-line tools write it, some fields changed. */
function walletFile(wallet: Known, words = '', changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    client_id: wallet.client_id,
    client_key: wallet.client_key,
    keys: [{ public_key: wallet.client_key, private_key: wallet.private_key }],
    mnemonics: words,
    version: '1.0',
    date_created: '2023-05-16 08:26:56.0 +0000 UTC',
    ...changed,
  };
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe.each(VAULT_DIALECTS)('POST /store in the $dialect dialect', ({ dialect, created }) => {
  it('takes every field that the case of the field names, and the key signs as the wallet', async () => {
    const { wallet_json: shape } = fieldCases<{ wallet_json: string }>('import');
    const named = [...shape.matchAll(/"(\w+)":/g)].map(([, name]) => name);
    const file = walletFile(FIELD_WALLET);
    expect([...Object.keys(file), 'public_key', 'private_key'].toSorted()).toStrictEqual(named.toSorted());
    const owner = freshUser(server, 'alice')[dialect];
    const stored = successOf<WireWallet>(await owner.post('/store', file), created);
    expect(stored).toMatchObject({ client_id: FIELD_WALLET.client_id, client_key: FIELD_WALLET.client_key, keys: [] });
    const key = successOf<WireSplitKey>(await owner.post(`/key/${stored.client_id}`), created);
    expect((await askToSign(server, key)).status).toBe(200);
  });

  it.each(['gosdk-demo-1', 'gosdk-demo-3', 'blobber-1', 'hw-android-1'])(
    'takes the published wallet file of %s with its words, and shows them to nobody',
    async (id) => {
      const wallet = publishedVector(id, 'private_key', 'client_key', 'client_id', 'mnemonic');
      const file = walletFile(wallet, wallet.mnemonic, { nonce: 12, is_split: false, peer_public_key: '' });
      const answer = await freshUser(server, 'alice')[dialect].post('/store', file);
      expect(successOf<WireWallet>(answer, created)).toMatchObject({ client_id: wallet.client_id, mnemonics: '' });
    },
  );

  it.each(['mnemonic', 'mnemonics'])('derives the key from the words alone, sent as %s', async (field) => {
    const answer = await freshUser(server, 'alice')[dialect].post('/store', { [field]: mnemonic });
    expect(successOf<WireWallet>(answer, created)).toMatchObject({ client_id: clientId, client_key: clientKey });
  });

  it('takes back what POST /wallet answered', async () => {
    const made = successOf<WireWallet>(await freshUser(server, 'alice')[dialect].post('/wallet'), created);
    const answer = await freshUser(server, 'bob')[dialect].post('/store', made);
    expect(successOf<WireWallet>(answer, created).client_id).toBe(made.client_id);
  });

  it('takes names that fit, in either letter case, and null and empty ones as absent', async () => {
    const names = { public_key: clientKey, client_key: clientKey.toUpperCase(), client_id: clientId.toUpperCase() };
    for (const more of [names, { public_key: null, client_key: '', client_id: null, keys: null }, { keys: [] }]) {
      const answer = await freshUser(server, 'alice')[dialect].post('/store', { private_key: privateKey, ...more });
      expect(successOf<WireWallet>(answer, created).client_id).toBe(clientId);
    }
  });

  it('keeps one wallet of the three forms, and the words of the first that had some', async () => {
    const user = freshUser(server, 'alice');
    const forms = [{ private_key: privateKey }, walletFile(A_PUBLISHED_WALLET, mnemonic), { mnemonic }];
    const sealed: unknown[] = [];
    for (const form of forms) {
      successOf(await user[dialect].post('/store', form), created);
      const rows = await server
        .dataSource()
        .query<{ words: string | null }[]>(
          'SELECT hex(sealed_mnemonic) AS words FROM vault_wallets WHERE owner_id = ?',
          [user.id],
        );
      sealed.push(...rows.map(({ words }) => words));
    }
    expect(sealed).toStrictEqual(['', expect.stringMatching(/^[0-9A-F]{100,}$/), sealed[1]]);
  });

  it('takes words beside a private key as they are, whichever key they are of', async () => {
    const ask = { private_key: privateKey, mnemonic: OTHER.mnemonic };
    successOf(await freshUser(server, 'alice')[dialect].post('/store', ask), created);
  });
});

const bigEndian = Buffer.from(publishedVector('systemtest-zvault', 'private_key').private_key, 'hex').reverse();
const pair = { public_key: clientKey, private_key: privateKey };
const withKeys = (keys: unknown): Record<string, unknown> => walletFile(A_PUBLISHED_WALLET, '', { keys });

describe('POST /store refuses what contradicts itself:', () => {
  it.each<readonly [string, string, Record<string, unknown>]>([
    ['a file with the words of another wallet', 'mnemonics', walletFile(A_PUBLISHED_WALLET, OTHER.mnemonic)],
    ['words in a file as mnemonic', 'mnemonic', walletFile(A_PUBLISHED_WALLET, '', { mnemonic: OTHER.mnemonic })],
    ['mnemonics beside a private key', 'mnemonics', { private_key: privateKey, mnemonics: OTHER.mnemonic }],
    ['mnemonic and mnemonics that differ', 'mnemonics', { mnemonic, mnemonics: OTHER.mnemonic }],
    [
      'a file with the client key of another',
      'client_key',
      walletFile(A_PUBLISHED_WALLET, '', { client_key: OTHER.client_key }),
    ],
    [
      'a file with the client id of another',
      'client_id',
      walletFile(A_PUBLISHED_WALLET, '', { client_id: OTHER.client_id }),
    ],
    ['a pair that is none', 'keys[0].public_key', withKeys([{ ...pair, public_key: OTHER.client_key }])],
    ['a private key with another public key', 'public_key', { private_key: privateKey, public_key: OTHER.client_key }],
    ['a private key with another client key', 'client_key', { private_key: privateKey, client_key: OTHER.client_key }],
    ['words with the client id of another', 'client_id', { mnemonic, client_id: OTHER.client_id }],
    [
      'a big-endian private key with its client id',
      'client_id',
      {
        private_key: bigEndian.toString('hex'),
        client_id: publishedVector('systemtest-zvault', 'client_id').client_id,
      },
    ],
  ])('%s, by name', async (_, field, ask) => {
    const user = freshUser(server, 'alice');
    const problem = await refusedInBothDialects(user, (client) => client.post('/store', ask));
    expect(problem).toMatchObject({ code: 'STORE.INCONSISTENT', field, status: 400 });
    expect(problem.detail.startsWith(`${field}: `)).toBe(true);
    if (!field.startsWith('mnemonic')) expect(problem.detail).toContain('is it big-endian?');
    expect(successOf(await user.documented.get('/wallets'))).toStrictEqual([]);
  });
});

describe('POST /store refuses what is no whole wallet:', () => {
  it.each<readonly [string, string, Record<string, unknown>]>([
    ['nothing at all', 'private_key', {}],
    ['a file without keys and words', 'private_key', walletFile(A_PUBLISHED_WALLET, '', { keys: [] })],
    ['a split wallet', 'is_split', walletFile(A_PUBLISHED_WALLET, '', { is_split: true, peer_public_key: clientKey })],
    ['a peer public key', 'peer_public_key', walletFile(A_PUBLISHED_WALLET, '', { peer_public_key: clientKey })],
    ['a file with several keys', 'keys', withKeys([pair, pair])],
    ['a private key beside a file’s', 'keys', { ...walletFile(A_PUBLISHED_WALLET), private_key: privateKey }],
    ['keys that are no array', 'keys', withKeys({ 0: pair })],
    ['a pair that is no object', 'keys[0]', withKeys([privateKey])],
    ['a pair in an array', 'keys[0]', withKeys([[pair]])],
    ['a pair without a private key', 'keys[0].private_key', withKeys([{ public_key: clientKey }])],
    ['a private key that is a number', 'keys[0].private_key', withKeys([{ private_key: 7 }])],
    ['a private key that is too short', 'keys[0].private_key', withKeys([{ private_key: 'ab' }])],
    ['a private key of zero', 'keys[0].private_key', withKeys([{ private_key: '0'.repeat(64) }])],
    ['a public key that is a number', 'keys[0].public_key', withKeys([{ ...pair, public_key: 7 }])],
    ['a public key that is too short', 'keys[0].public_key', withKeys([{ ...pair, public_key: 'ab' }])],
    ['words that are none', 'mnemonic', { mnemonic: 'toss ocean' }],
    ['words with a wrong checksum', 'mnemonics', { mnemonics: 'abandon '.repeat(24).trim() }],
    ['words with a space too many', 'mnemonic', { mnemonic: mnemonic.replace(' ', '  ') }],
    ['words in capitals', 'mnemonic', { mnemonic: mnemonic.toUpperCase() }],
    ['words that are a list', 'mnemonics', { mnemonics: mnemonic.split(' ') }],
    ['a client key that is no hexadecimal text', 'client_key', { private_key: privateKey, client_key: 'zz' }],
    ['a client id that is too short', 'client_id', { private_key: privateKey, client_id: 'ab' }],
    ['an is_split that is a word', 'is_split', walletFile(A_PUBLISHED_WALLET, '', { is_split: 'no' })],
    ['a nonce that is text', 'nonce', walletFile(A_PUBLISHED_WALLET, '', { nonce: '1' })],
  ])('%s, by name', async (_, field, ask) => {
    const user = freshUser(server, 'alice');
    const problem = await refusedInBothDialects(user, (client) => client.post('/store', ask));
    expect(problem).toMatchObject({ code: 'REQUEST.INVALID_FIELD', field });
    expect(successOf(await user.documented.get('/wallets'))).toStrictEqual([]);
  });

  it('and names neither a key nor a word of what it refuses, in answer or log', async () => {
    const asks = [
      walletFile(A_PUBLISHED_WALLET, OTHER.mnemonic),
      withKeys([pair, pair]),
      withKeys([{ ...pair, [privateKey]: 1 }]),
      { mnemonic: `${mnemonic} ${mnemonic}` },
    ];
    const secrets = [privateKey.slice(0, 16), mnemonic.slice(0, 20), OTHER.mnemonic.slice(0, 20)];
    for (const ask of asks) {
      const answer = await freshUser(server, 'alice').documented.post('/store', ask);
      expect(answer.status).toBe(400);
      for (const text of [answer.text, ...server.log]) for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });
});

describe('a field that no wallet file has', () => {
  it.each([
    ['in the file', walletFile(A_PUBLISHED_WALLET, '', { colour: 'blue' })],
    ['in the pair of keys', withKeys([{ ...pair, colour: 'blue' }])],
  ])('%s is refused in the documented API and ignored in the SDK dialect', async (_, ask) => {
    const user = freshUser(server, 'alice');
    expect(problemOf(await user.documented.post('/store', ask)).code).toBe('REQUEST.UNKNOWN_FIELD');
    expect(successOf<WireWallet>(await user.sdk.post('/store', ask)).client_id).toBe(clientId);
  });
});
