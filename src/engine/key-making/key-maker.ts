import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { MalformedEncodingError } from '../../crypto/bls0chain/malformed-encoding-error.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import type { UserId } from '../../identity/user-id.js';
import { KeyJobs } from './key-jobs.js';
import { moved } from './key-job.js';
import type { KeyAnswer, KeyJob, KeyJobKind, KeyResults } from './key-job.js';

/** A wallet's secrets, for whoever asked to wipe, and its client key. */
export interface MadeWallet {
  readonly mnemonic: SecretBytes;
  readonly masterKey: SecretBytes;
  /** 64 bytes. */
  readonly clientKey: Uint8Array;
}

/** The two halves of a split key, for whoever asked to wipe, and their public keys (64 bytes each). */
export interface MadeHalves {
  readonly userShare: SecretBytes;
  readonly serverShare: SecretBytes;
  readonly userPublicKey: Uint8Array;
  readonly serverPublicKey: Uint8Array;
}

/** A public key of a request, of which nothing is known yet, and its field. */
export interface ClaimedKey {
  readonly field: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes keys and derives them, in a thread of its own: neither the HTTP thread nor a transaction waits for the curve or
 * for PBKDF2, nor do signatures, which have workers of their own. Those who ask take turns, by user.
 *
 * Secrets that are handed in are copied into the message and stay the caller's to wipe; the message's own bytes are moved
 * and wiped in the thread. Everything rejects with `WRITES.OVERLOADED` when too many wait, or when the thread died.
 */
export class KeyMaker implements OnModuleInit, OnApplicationShutdown {
  readonly #jobs: KeyJobs;

  /** @param mostWaiting jobs; one user has at most half of the places */
  constructor(engine: BlsEngineName, mostWaiting: number) {
    this.#jobs = new KeyJobs(engine, mostWaiting);
  }

  /** Called by Nest before the server listens. Rejects when the engine gives other answers than the known ones. */
  async onModuleInit(): Promise<void> {
    await this.#jobs.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#jobs.close();
  }

  /** New words and the wallet that grows from them. */
  async newWallet(forUser: UserId): Promise<MadeWallet> {
    const { words, secret, publicKey } = await this.#ask(forUser, { kind: 'new-wallet' });
    return { mnemonic: new SecretBytes(words), masterKey: new SecretBytes(secret), clientKey: publicKey };
  }

  /** The secret key of words (UTF-8). Throws `MalformedEncodingError` naming `field` unless they are BIP39's. */
  async keyOfWords(forUser: UserId, mnemonic: SecretBytes, field: string): Promise<SecretBytes> {
    const job = { kind: 'read-words', words: moved(mnemonic.expose()), field } as const;
    const { secret } = await this.#ask(forUser, job);
    return new SecretBytes(secret);
  }

  /** The public key (64 bytes) of a secret key. */
  async publicKeyOf(forUser: UserId, key: SecretBytes): Promise<Uint8Array> {
    const { publicKey } = await this.#ask(forUser, { kind: 'name', secret: moved(key.expose()) });
    return publicKey;
  }

  /** Splits a secret key. */
  async split(forUser: UserId, key: SecretBytes): Promise<MadeHalves> {
    const halves = await this.#ask(forUser, { kind: 'split', secret: moved(key.expose()) });
    return {
      userShare: new SecretBytes(halves.userShare),
      serverShare: new SecretBytes(halves.serverShare),
      userPublicKey: halves.userPublicKey,
      serverPublicKey: halves.serverPublicKey,
    };
  }

  /**
   * The public key of a secret key; and whether it adds up with `other` to `sum`. Throws `MalformedEncodingError` naming
   * the field of the one that is no public key.
   */
  async addUp(
    forUser: UserId,
    key: SecretBytes,
    other: ClaimedKey,
    sum: ClaimedKey,
  ): Promise<{ readonly publicKey: Uint8Array; readonly addsUp: boolean }> {
    return this.#ask(forUser, {
      kind: 'add-up',
      secret: moved(key.expose()),
      other: { field: other.field, bytes: moved(other.bytes) },
      sum: { field: sum.field, bytes: moved(sum.bytes) },
    });
  }

  async #ask<Kind extends KeyJobKind>(
    forUser: UserId,
    job: Extract<KeyJob, { readonly kind: Kind }>,
  ): Promise<KeyResults[Kind]> {
    const answer: KeyAnswer = await this.#jobs.run(forUser, job);
    switch (answer.outcome) {
      case 'done':
        return answer.result as KeyResults[Kind];
      case 'malformed':
        throw new MalformedEncodingError(answer.field, answer.reason);
      case 'failed':
        throw new Error(`a key could not be made: ${answer.reason}`);
    }
  }
}
