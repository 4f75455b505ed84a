import { mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import BetterSqlite3 from 'better-sqlite3';
import { secretKeyFromMnemonic } from '../../src/crypto/bls0chain/mnemonic.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { ApiClient } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { foreignSplitKey, randomSecretKey, setUpBody } from '../support/foreign-split-key.js';
import { serverShareOf } from '../support/server-share.js';
import { sendTransaction, signMessage } from '../support/signing-calls.js';
import { bodyOf, hashOf, transfer } from '../support/transactions.js';
import { sha3, walletClient } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { wrongPlaces } from './misplaced-secrets.js';
import { secretOfHex, secretOfText } from './secret-forms.js';
import type { Haystack, Secret } from './secret-forms.js';

/** A running service, wherever it runs. */
export interface CanaryHost {
  readonly url: string;
  readonly databaseFile: string;
  readonly token: (user: string) => string;
}

/** An answer with its headers, by the name of what was asked. */
export interface Heard extends Haystack {
  readonly status: number;
}

/** Everything that the clients heard, and every secret that took part. */
export interface CanaryRun {
  readonly heard: readonly Heard[];
  readonly secrets: readonly Secret[];
}

const STORED_MNEMONIC = 'canary canary these words belong to no key at all and are kept as they came canary';

/** Walks through everything that touches a secret, the failing ways included. */
export async function runCanaryFlow({ url, databaseFile, token }: CanaryHost): Promise<CanaryRun> {
  const heard: Heard[] = [];
  const secrets: Secret[] = [secretOfText('stored mnemonic', STORED_MNEMONIC)];
  const hear = async (where: string, asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked;
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    heard.push({ where, status: answer.status, content: Buffer.from(`${headers}\n\n${answer.text}`) });
    return answer;
  };
  const as = (user: string, prefix = ''): ApiClient => {
    const value = token(user);
    secrets.push(secretOfText(`token of ${user}`, value));
    return new ApiClient(`${url}${prefix}`, { 'X-Jwt-Token': value });
  };
  const [alice, bob, zvault, zauth] = [as('alice'), as('bob'), as('alice', '/zvault'), as('alice', '/zauth')];
  const nobody = new ApiClient(url);

  // Wallets: made, made the old way, and stored.
  const made = (await hear('POST /wallet', alice.post('/wallet'))).json as WireWallet;
  secrets.push(...secretsOfMnemonic('made', made.mnemonics));
  const generated = (await hear('POST /zvault/generate', zvault.post('/generate'))).json as WireWallet;
  secrets.push(...secretsOfMnemonic('generated', generated.mnemonics));
  const stored = await foreignSplitKey();
  secrets.push(secretOfHex('stored master key', stored.masterKey));
  await hear('POST /store', alice.post('/store', { private_key: stored.masterKey, mnemonic: STORED_MNEMONIC }));
  await hear('POST /store again', alice.post('/store', { private_key: stored.masterKey.toUpperCase() }));

  // Split keys of the stored wallet, and their server shares, which only this test can work out.
  const client = await walletClient();
  const split = async (where: string, name: string, asked: Promise<Answer>): Promise<WireSplitKey> => {
    const key = (await hear(where, asked)).json as WireSplitKey;
    const serverShare = serverShareOf(stored.masterKey, key.private_key);
    if (client.publicKeyOf(serverShare) !== key.peer_public_key)
      throw new Error('the test has worked out a wrong server share');
    secrets.push(secretOfHex(`${name} user share`, key.private_key), secretOfHex(`${name} server share`, serverShare));
    return key;
  };
  const first = await split('POST /key', 'first', alice.post(`/key/${stored.clientId}`));
  const second = await split('POST /zvault/key', 'second', zvault.post(`/key/${stored.clientId}`));
  await hear('GET /wallets', alice.get('/wallets'));
  await hear('GET /keys', alice.get(`/keys/${stored.clientId}`));
  await hear('GET /keys of generated', alice.get(`/keys/${generated.client_id}`)).then(({ json }) => {
    const [key] = (json as { keys: WireSplitKey[] }).keys;
    secrets.push(secretOfHex('generated user share', key?.private_key ?? ''));
  });
  await hear('GET /keys of another', bob.get(`/keys/${stored.clientId}`));
  await hear('POST /share', alice.post('/share', { public_key: first.public_key, target_user_id: 'bob' }));
  await hear('GET /wallets/shared', bob.get('/wallets/shared'));
  const named = (api: ApiClient, key = first): ApiClient => api.with({ 'X-Peer-Public-Key': key.public_key });
  await hear(
    'PUT /restrictions',
    named(alice, second).put(`/restrictions/${stored.clientId}`, { restrictions: ['token_transfers'] }),
  );
  await hear('GET /restrictions', named(alice).get('/restrictions'));

  // A split key from elsewhere.
  const elsewhere = await foreignSplitKey();
  secrets.push(
    secretOfHex('foreign server share', elsewhere.serverShare),
    secretOfHex('foreign user share', elsewhere.userShare),
    secretOfHex('foreign master key', elsewhere.masterKey),
  );
  await hear('POST /zauth/setup', zauth.post('/setup', setUpBody(elsewhere)));
  await hear('POST /zauth/setup by another', as('bob', '/zauth').post('/setup', setUpBody(elsewhere)));
  const mixedUp = setUpBody(elsewhere, { peer_public_key: first.public_key });
  await hear('POST /zauth/setup, mixed up', zauth.post('/setup', mixedUp));

  // Signing, and what goes wrong there.
  const held = { clientId: stored.clientId, userShare: first.private_key, userPublicKey: first.public_key };
  const heldSecond = { clientId: stored.clientId, userShare: second.private_key, userPublicKey: second.public_key };
  const hash = sha3('canary');
  const signed = await hear('POST /sign/msg', signMessage(nobody, held, hash));
  const transaction = transfer({ client_id: stored.clientId, client_key: stored.clientKey });
  const body = bodyOf(transaction, client.sign(first.private_key, hashOf(transaction)));
  await hear('POST /sign/txn', sendTransaction(nobody, held, body));
  await hear(
    'POST /sign/txn?reply=transaction',
    sendTransaction(nobody, held, body, '/zauth/sign/txn?reply=transaction'),
  );
  await hear('POST /sign/msg, not allowed', signMessage(nobody, heldSecond, hash));
  await hear('POST /sign/msg, wrong partial', signMessage(nobody, { ...held, userShare: second.private_key }, hash));
  await hear('GET /key', named(alice).get(`/key/${stored.clientId}`));

  // Secrets where they do not belong.
  const misplaced = randomSecretKey();
  secrets.push(secretOfHex('misplaced key', misplaced));
  const misplacing = { alice, nobody, clientId: stored.clientId, publicKey: first.public_key, token: token('alice') };
  for (const [place, ask] of wrongPlaces(misplaced, { ...misplacing, transactionBody: body })) {
    await hear(`a secret ${place}`, ask());
  }

  // Failures of ours: sealed values moved, writes that cannot be made.
  const other = new BetterSqlite3(databaseFile, { timeout: 5000 });
  try {
    other.exec(`CREATE TRIGGER spoiled BEFORE INSERT ON auth_server_shares BEGIN SELECT RAISE(ABORT, 'spoiled'); END`);
    await hear('POST /key, half unwritable', alice.post(`/key/${stored.clientId}`));
    await hear('POST /zauth/setup, unwritable', zauth.post('/setup', setUpBody(await foreignOf(secrets))));
    other.exec('DROP TRIGGER spoiled');
    other.exec(`CREATE TRIGGER spoiled BEFORE INSERT ON vault_wallets BEGIN SELECT RAISE(ABORT, 'spoiled'); END`);
    const unstored = await foreignOf(secrets);
    await hear(
      'POST /store, unwritable',
      alice.post('/store', { private_key: unstored.masterKey, mnemonic: STORED_MNEMONIC }),
    );
    other.exec('DROP TRIGGER spoiled');
    other.exec(
      `UPDATE auth_server_shares SET sealed_server_share = zeroblob(69) WHERE user_public_key = '${first.public_key}'`,
    );
    await hear('POST /sign/msg, tampered', signMessage(nobody, held, hash));
    other.exec(
      `UPDATE vault_split_keys SET sealed_user_share = zeroblob(69) WHERE user_public_key = '${second.public_key}'`,
    );
    // The other row is shown, and this one left out.
    await hear('GET /keys with a tampered one', alice.get(`/keys/${stored.clientId}`));
    other.exec(`UPDATE vault_wallets SET sealed_master_key = zeroblob(69) WHERE client_id = '${made.client_id}'`);
    await hear('POST /key, tampered', alice.post(`/key/${made.client_id}`));
  } finally {
    other.close();
  }

  // What the record says of all that.
  for (const { clientId } of [stored, elsewhere]) {
    await hear('GET /audit', alice.get(`/audit?client_id=${clientId}&limit=200`));
  }
  await hear('GET /audit of what is lent', bob.get(`/audit?client_id=${stored.clientId}`));
  await hear('a secret as a filter of the record', alice.get(`/audit?client_id=${misplaced}&action=${misplaced}`));

  // The end of it all, and what everybody may read.
  await hear('POST /freeze', alice.post(`/freeze/${stored.clientId}`));
  await hear('POST /sign/msg, frozen', signMessage(nobody, held, hash));
  await hear('POST /thaw', alice.post(`/thaw/${stored.clientId}`));
  await hear('POST /revoke', alice.post(`/revoke/${stored.clientId}`, { public_key: first.public_key }));
  await hear('POST /sign/msg, revoked', signMessage(nobody, held, hash));
  await hear('POST /zauth/delete', zauth.post(`/delete/${elsewhere.clientId}`));
  await hear('POST /delete', alice.post(`/delete/${generated.client_id}`));
  const entry = signed.headers.get('x-audit-entry') ?? '';
  await hear('the proof of an entry', nobody.get(`/audit/${entry}/proof`));
  for (const path of [
    '/metrics',
    '/openapi.json',
    '/docs',
    '/health/live',
    '/health/ready',
    '/restrictions/catalogue',
    '/policy/templates',
    '/audit/checkpoint',
    '/audit/key',
  ]) {
    await hear(`GET ${path}`, nobody.get(path));
  }
  return { heard, secrets };
}

/** Another one from elsewhere, its secrets among those that are looked for. */
async function foreignOf(secrets: Secret[]): ReturnType<typeof foreignSplitKey> {
  const key = await foreignSplitKey();
  secrets.push(
    secretOfHex('unwritten server share', key.serverShare),
    secretOfHex('unwritten master key', key.masterKey),
  );
  return key;
}

/** The words, the number they are drawn from, and the master key they lead to. */
function secretsOfMnemonic(name: string, words: string): Secret[] {
  const entropy = Buffer.from(mnemonicToEntropy(words, wordlist));
  const masterKey = secretKeyFromMnemonic(new SecretBytes(new TextEncoder().encode(words)));
  return [
    secretOfText(`${name} mnemonic`, words),
    { name: `${name} entropy`, bytes: entropy },
    { name: `${name} master key`, bytes: Buffer.from(masterKey.expose()) },
  ];
}
