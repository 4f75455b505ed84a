// Split keys as the service would make them, with the client's side in hand. The keys are thrown away with the bench.
import { randomBytes, randomUUID } from 'node:crypto';
import { nameOfWallet, placeOfShare } from '#built/auth/domain/place-of-share.js';
import { clientIdOf } from '#built/crypto/bls0chain/client-id.js';
import { generateSecretKey } from '#built/crypto/bls0chain/generate-secret-key.js';
import { splitSecretKey } from '#built/crypto/bls0chain/split-secret-key.js';

/** What AES-256-GCM adds around a secret (src/crypto/sealing/envelope.ts). */
export const ENVELOPE_BYTES = 1 + 8 + 4 + 12 + 16;

/** @typedef {ReturnType<typeof makeWallet>} Wallet */
/** @typedef {ReturnType<typeof makeFiller>} Filler */
/** @typedef {Wallet | Filler} StoredWallet */

const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('hex');

/**
 * A wallet with one split key, whose server share is sealed for the row that it will have.
 *
 * @param {import('#built/crypto/bls0chain/bls-engine.js').BlsEngine} engine
 * @param {import('#built/crypto/sealing/sealer.js').Sealer} authSealer
 */
export function makeWallet(engine, authSealer) {
  const primary = generateSecretKey();
  const { userShare, serverShare } = splitSecretKey(engine, primary);
  const clientKey = engine.publicKeyOf(primary);
  const userKey = engine.publicKeyOf(userShare);
  const shareId = randomUUID();
  const clientId = clientIdOf(clientKey);
  const wallet = nameOfWallet(/** @type {any} */ ({ ownerId: ownerOf(clientId), clientId }));
  return {
    primary,
    userShare,
    serverShare,
    clientKey,
    userKey,
    shareId,
    sealedServerShare: authSealer.seal(serverShare, placeOfShare(shareId, wallet)),
    wallet,
    clientId,
    clientKeyHex: hex(clientKey),
    userKeyHex: hex(userKey),
    serverKeyHex: hex(engine.publicKeyOf(serverShare)),
  };
}

/** Whose a wallet is: each has an owner of its own. */
export const ownerOf = (/** @type {string} */ clientId) => `owner-of-${clientId.slice(0, 16)}`;

/** A wallet that nobody will ask anything of: rows of the right shape, random where a key would be. */
export function makeFiller() {
  return {
    shareId: randomUUID(),
    sealedServerShare: randomBytes(32 + ENVELOPE_BYTES),
    clientId: randomBytes(32).toString('hex'),
    clientKeyHex: randomBytes(64).toString('hex'),
    userKeyHex: randomBytes(64).toString('hex'),
    serverKeyHex: randomBytes(64).toString('hex'),
  };
}

/** What the vault would seal of this wallet; the bench signs only, so nothing opens these. */
export const unopenedSecret = (/** @type {number} */ bytes) => randomBytes(bytes + ENVELOPE_BYTES);
