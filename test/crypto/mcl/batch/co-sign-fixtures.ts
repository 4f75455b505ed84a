import { createBlsEngine } from '../../../../src/crypto/create-engine.js';
import type { BlsEngine } from '../../../../src/crypto/bls0chain/bls-engine.js';
import { combineVerified } from '../../../../src/crypto/bls0chain/combine.js';
import { generateSecretKey } from '../../../../src/crypto/bls0chain/generate-secret-key.js';
import { loadMclModule } from '../../../../src/crypto/mcl/mcl-module.js';
import { systemRandomBytes } from '../../../../src/crypto/random-bytes.js';
import { splitSecretKey } from '../../../../src/crypto/bls0chain/split-secret-key.js';
import { BatchCoSigner } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import type { BatchCoSignerOptions } from '../../../../src/crypto/mcl/batch/batch-co-signer.js';
import type { CoSignRequest } from '../../../../src/crypto/mcl/batch/co-sign-request.js';
import type { SecretBytes } from '../../../../src/crypto/secret-bytes.js';

/** A split wallet, whole secret included, for tests only. */
export interface Wallet {
  readonly primary: SecretBytes;
  readonly clientKey: Uint8Array;
  readonly userShare: SecretBytes;
  readonly serverShare: SecretBytes;
}

export const engine: BlsEngine = await createBlsEngine('herumi');

export async function createCoSigner(options: BatchCoSignerOptions = {}): Promise<BatchCoSigner> {
  return new BatchCoSigner(await loadMclModule(), options);
}

export function createWallet(): Wallet {
  const primary = generateSecretKey();
  return { primary, clientKey: engine.publicKeyOf(primary), ...splitSecretKey(engine, primary) };
}

export function createWallets(count: number): Wallet[] {
  return Array.from({ length: count }, createWallet);
}

/** What the wallet's honest user asks for. */
export function requestOf(wallet: Wallet, message: Uint8Array = systemRandomBytes(32)): CoSignRequest {
  const { clientKey, serverShare } = wallet;
  return { clientKey, message, userPartial: engine.sign(wallet.userShare, message), serverShare };
}

/** One honest request for each of `count` places, by the wallets in turn. */
export function requestsOf(wallets: readonly Wallet[], count: number): CoSignRequest[] {
  return Array.from({ length: count }, (_, place) => requestOf(inTurn(wallets, place)));
}

export function inTurn<T>(items: readonly T[], place: number): T {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('no items to take in turn');
  return item;
}

/** What an engine answers to one request without batches; `undefined` also for malformed bytes. */
export function answerAlone(by: BlsEngine, request: CoSignRequest): Uint8Array | undefined {
  try {
    return combineVerified(by, {
      clientKey: request.clientKey,
      message: request.message,
      userPartial: request.userPartial,
      serverPartial: by.sign(request.serverShare, request.message),
    });
  } catch {
    return undefined;
  }
}

export function hexOf(answers: readonly (Uint8Array | undefined)[]): (string | undefined)[] {
  return answers.map((answer) => (answer === undefined ? undefined : Buffer.from(answer).toString('hex')));
}

/** The answers of the requests one at a time. */
export function answersAlone(by: BlsEngine, requests: readonly CoSignRequest[]): (string | undefined)[] {
  return hexOf(requests.map((request) => answerAlone(by, request)));
}
