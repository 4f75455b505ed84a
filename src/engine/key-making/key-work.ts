import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { sharesMakeClientKey } from '../../crypto/bls0chain/combine.js';
import { MalformedEncodingError } from '../../crypto/bls0chain/malformed-encoding-error.js';
import { generateMnemonic, secretKeyFromMnemonic } from '../../crypto/bls0chain/mnemonic.js';
import { splitSecretKey } from '../../crypto/bls0chain/split-secret-key.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { moved } from './key-job.js';
import type { KeyAnswer, KeyJob, KeyResult } from './key-job.js';

/** The arithmetic of making keys, on whatever thread it is put. Synchronous; wipes every secret that it was given. */
export class KeyWork {
  constructor(private readonly engine: BlsEngine) {}

  answer(job: KeyJob): KeyAnswer {
    try {
      return { outcome: 'done', result: this.perform(job) };
    } catch (error) {
      if (error instanceof MalformedEncodingError) {
        return { outcome: 'malformed', field: error.field, reason: error.reason };
      }
      return { outcome: 'failed', reason: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' };
    }
  }

  private perform(job: KeyJob): KeyResult {
    switch (job.kind) {
      case 'new-wallet':
        return this.newWallet();
      case 'read-words':
        return wiping([new SecretBytes(job.words)], ([words]) => {
          return wiping([secretKeyFromMnemonic(words, job.field)], ([secret]) => ({ secret: copyOf(secret) }));
        });
      case 'name':
        return wiping([new SecretBytes(job.secret)], ([secret]) => ({ publicKey: this.publicKeyOf(secret) }));
      case 'split':
        return wiping([new SecretBytes(job.secret)], ([secret]) => this.split(secret));
      case 'add-up':
        return wiping([new SecretBytes(job.secret)], ([secret]) => {
          this.engine.assertPublicKey(job.sum.bytes, job.sum.field);
          this.engine.assertPublicKey(job.other.bytes, job.other.field);
          const publicKey = this.publicKeyOf(secret);
          const addsUp = sharesMakeClientKey(this.engine, [publicKey, job.other.bytes], job.sum.bytes);
          return { addsUp, publicKey };
        });
    }
  }

  private newWallet(): KeyResult {
    return wiping([generateMnemonic()], ([words]) => {
      return wiping([secretKeyFromMnemonic(words)], ([secret]) => ({
        words: copyOf(words),
        secret: copyOf(secret),
        publicKey: this.publicKeyOf(secret),
      }));
    });
  }

  private split(secret: SecretBytes): KeyResult {
    const { userShare, serverShare } = splitSecretKey(this.engine, secret);
    return wiping([userShare, serverShare], () => ({
      userShare: copyOf(userShare),
      serverShare: copyOf(serverShare),
      userPublicKey: this.publicKeyOf(userShare),
      serverPublicKey: this.publicKeyOf(serverShare),
    }));
  }

  private publicKeyOf(secret: SecretBytes): Uint8Array<ArrayBuffer> {
    return moved(this.engine.publicKeyOf(secret));
  }
}

/** The bytes that are moved to the other thread; the secret itself is wiped here. */
function copyOf(secret: SecretBytes): Uint8Array<ArrayBuffer> {
  return moved(secret.expose());
}

function wiping<const Secrets extends readonly SecretBytes[], T>(secrets: Secrets, work: (secrets: Secrets) => T): T {
  try {
    return work(secrets);
  } finally {
    for (const secret of secrets) secret.wipe();
  }
}
