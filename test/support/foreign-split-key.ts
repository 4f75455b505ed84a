import { randomBytes } from 'node:crypto';
import blsWasm from 'bls-wasm';
import type { Answer, ApiClient } from './api-client.js';
import { sha3, walletClient } from './wallet-client.js';

/** A split key that was made elsewhere, all of it known: every value is hexadecimal. */
export interface ForeignSplitKey {
  readonly clientId: string;
  readonly clientKey: string;
  /** The whole wallet's secret key: the sum of the two shares. */
  readonly masterKey: string;
  readonly userShare: string;
  readonly userPublicKey: string;
  readonly serverShare: string;
  readonly serverPublicKey: string;
}

/** A new one, made by an implementation that is not ours; of a given wallet when its shares are given. */
export async function foreignSplitKey(
  userShare = randomSecretKey(),
  serverShare = randomSecretKey(),
): Promise<ForeignSplitKey> {
  const client = await walletClient();
  const masterKey = sumOf(userShare, serverShare);
  const clientKey = client.publicKeyOf(masterKey);
  return {
    clientId: sha3(Buffer.from(clientKey, 'hex')),
    clientKey,
    masterKey,
    userShare,
    userPublicKey: client.publicKeyOf(userShare),
    serverShare,
    serverPublicKey: client.publicKeyOf(serverShare),
  };
}

/** The sum of two secret keys, modulo the group's order. */
export function sumOf(first: string, second: string): string {
  const sum = blsWasm.deserializeHexStrToSecretKey(first);
  sum.add(blsWasm.deserializeHexStrToSecretKey(second));
  return sum.serializeToHexStr();
}

/** 64 hexadecimal digits; below 2^253, which is less than the group's order. */
export function randomSecretKey(): string {
  const bytes = randomBytes(32);
  bytes.writeUInt8(bytes.readUInt8(31) & 0x1f, 31);
  return bytes.toString('hex');
}

/** The body with which a client hands the server share to ZAuth (wire.md section 5), some fields changed. */
export function setUpBody(
  key: ForeignSplitKey,
  changed: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    user_id: '',
    client_id: key.clientId,
    client_key: key.clientKey,
    public_key: key.clientKey,
    private_key: key.serverShare,
    peer_public_key: key.userPublicKey,
    restrictions: null,
    expired_at: 0,
    ...changed,
  };
}

/** Hands the server share over. @param zauth a client of ZAuth's SDK dialect */
export function setUp(
  zauth: ApiClient,
  key: ForeignSplitKey,
  changed: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  return zauth.post('/setup', setUpBody(key, changed));
}
