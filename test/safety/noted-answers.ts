import { ApiClient, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { tokenFor } from '../support/shared-secret.js';
import { signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';

/** A signature that was answered, with its evidence. */
export interface NotedSignature {
  readonly hash: string;
  readonly publicKey: string;
  readonly entryId: string;
  readonly promise: string;
}

/** What clients were told, and nothing else. */
export class NotedAnswers {
  /** User keys of split keys that were made. */
  readonly made: string[] = [];
  /** User keys of those that were revoked. */
  readonly revoked: string[] = [];
  readonly signatures: NotedSignature[] = [];
  /** Every checkpoint that was shown. */
  readonly checkpoints = new Set<string>();
  #asked = 0;

  /** Makes wallets, splits and revokes until the connection breaks. */
  writeUntilCut(url: string, user: string): Promise<void> {
    const owner = new ApiClient(url, { 'X-Jwt-Token': tokenFor(user) });
    return untilCut(async () => {
      const { wallet, key } = await splitWallet(owner);
      this.made.push(key.public_key);
      successOf(await owner.post(`/revoke/${wallet.client_id}`, { public_key: key.public_key }));
      this.revoked.push(key.public_key);
    });
  }

  /** Signs messages, each another, until the connection breaks. */
  signUntilCut(url: string, key: HeldKey): Promise<void> {
    const zauth = new ApiClient(url);
    return untilCut(async () => {
      const hash = sha3(`signature ${(this.#asked += 1)} of ${key.userPublicKey}`);
      this.#noteSignature(await signMessage(zauth, key, hash), hash, key.userPublicKey);
    });
  }

  /** Looks at the newest checkpoint until the connection breaks. */
  watchUntilCut(url: string): Promise<void> {
    const anybody = new ApiClient(url);
    return untilCut(async () => {
      const { status, text } = await anybody.get('/audit/checkpoint');
      if (status === 200) this.checkpoints.add(text);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
  }

  #noteSignature(answer: Answer, hash: string, publicKey: string): void {
    const { sig } = successOf<{ sig: string }>(answer);
    const [entryId, promise] = [answer.headers.get('x-audit-entry'), answer.headers.get('x-audit-promise')];
    if (sig.length !== 64 || entryId === null || promise === null) throw new Error('a signature without evidence');
    this.signatures.push({ hash, publicKey, entryId, promise });
  }
}

async function untilCut(work: () => Promise<void>): Promise<void> {
  try {
    for (;;) await work();
  } catch (error) {
    // What `fetch` says of a cut connection; whatever else it is must fail the test.
    if (!/^TypeError: (fetch failed|terminated)/.test(String(error))) throw error;
  }
}
