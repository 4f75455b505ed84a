import { makeKey, sign, verifyWith } from './sdk.mjs';

const HASH = 'a3'.repeat(32);

/** `[name, hold]` for every rule; `hold` rejects when the rule does not hold. */
export function rulesFor(sdk, { zvault, zauth, tokens }) {
  const alice = tokens.alice;

  /** A wallet whose whole key is known here, and a split key of it in use. */
  async function splitWallet() {
    const whole = makeKey();
    await sdk.zvaultStoreKey(zvault, alice, whole.privateKey);
    const wallets = JSON.parse(await sdk.zvaultRetrieveWallets(zvault, alice));
    const wallet = wallets.find((entry) => entry.client_key === whole.publicKey);
    await sdk.zvaultNewSplit(wallet.client_id, zvault, alice);
    const key = (await keysOf(wallet.client_id))[0];
    await use(key);
    return { whole, key };
  }

  async function keysOf(clientId) {
    return JSON.parse(await sdk.zvaultRetrieveKeys(zvault, alice, clientId)).keys;
  }

  async function use({ client_id, client_key, peer_public_key, public_key, private_key }) {
    await sdk.setWallet(client_id, client_key, peer_public_key, public_key, private_key, '', true);
    await sdk.registerZauthServer(zauth);
  }

  const rules = {
    'a new wallet has its words and an id': async () => {
      const wallet = JSON.parse(await sdk.zvaultNewWallet(zvault, alice));
      equal('the number of words', wallet.mnemonics.split(' ').length, 24);
      equal('the digits of the id', wallet.client_id.length, 64);
    },
    'a split key is listed with a user share that fits': async () => {
      const { key } = await splitWallet();
      equal('whether it verifies', await verifyWith(key.public_key, await sign(HASH, key.private_key), HASH), true);
    },
    'a split wallet signs a message as the whole key does': async () => {
      const { whole, key } = await splitWallet();
      const ofSplit = await sdk.getPublicEncryptionKeyV2(key.client_key);
      await sdk.setWallet(key.client_id, key.client_key, '', whole.publicKey, whole.privateKey, 'words', false);
      equal('the key made of the signature', ofSplit, await sdk.getPublicEncryptionKeyV2(key.client_key));
    },
    'a split wallet sends tokens, and the chain gets a signature that verifies': async () => {
      const { key } = await splitWallet();
      await sdk.send('b0'.repeat(32), 5, 100, 'for lunch');
      const sent = (await (await fetch('/sent.json')).json()).filter((entry) => entry.client_id === key.client_id);
      equal('the number sent', sent.length, 1);
      equal('whether it verifies', await verifyWith(key.client_key, sent[0].signature, sent[0].hash), true);
    },
    'restrictions are set and shown, and the time of the last use is told': async () => {
      const { key } = await splitWallet();
      await sdk.zvaultUpdateRestrictions(key.client_id, key.peer_public_key, zvault, alice, ['token_transfers']);
      const shown = JSON.parse(await sdk.zvaultRetrieveRestrictions(key.peer_public_key, zvault, alice));
      equal('what is shown', shown.join(), 'token_transfers');
      const used = JSON.parse(await sdk.zauthRetrieveKey(key.client_id, key.peer_public_key, zauth, alice));
      equal('the last use before any', used.last_used, 0);
    },
    'a revoked split key signs nothing more': async () => {
      const { key } = await splitWallet();
      await sdk.zvaultRevokeKey(zvault, alice, key.client_id, key.public_key);
      await refused(() => sdk.getPublicEncryptionKeyV2(key.client_key), 'revoked');
      equal('whether it is shown as revoked', (await keysOf(key.client_id))[0].is_revoked, true);
    },
    'a deleted wallet leaves the list': async () => {
      const { key } = await splitWallet();
      await sdk.zvaultDeletePrimaryKey(zvault, alice, key.client_id);
      equal('the number of keys', (await keysOf(key.client_id)).length, 0);
    },
    'nothing is shared with somebody new': async () => {
      equal('what is shared', (await sdk.zvaultRetrieveSharedWallets(zvault, tokens.bob)).trim(), '[]');
    },
    'a token that is none is refused in words': async () => {
      await refused(() => sdk.zvaultNewWallet(zvault, 'not a token'), '401');
    },
  };
  return Object.entries(rules);
}

function equal(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what} is ${String(actual)}, expected ${String(expected)}`);
}

async function refused(call, words) {
  let refusal;
  try {
    await call();
  } catch (failure) {
    refusal = String(failure);
  }
  if (refusal === undefined) throw new Error(`was accepted, expected a refusal with "${words}"`);
  if (!refusal.includes(words)) throw new Error(`was refused with "${refusal}", expected "${words}"`);
}
