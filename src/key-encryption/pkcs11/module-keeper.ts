import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { closedKey, KeyEncryptionError } from '../key-encryption-error.js';
import { ModuleProcess, type ModuleSetUp } from './module-process.js';
import type { Question } from './protocol.js';

export interface ModuleLimits extends ModuleSetUp {
  /** How long a call may wait for its turn, and then how long it may take. */
  readonly callMilliseconds: number;
}

interface WaitingCall {
  readonly question: Omit<Question, 'id'>;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: KeyEncryptionError) => void;
  readonly alarm: NodeJS.Timeout;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Keeps a PKCS#11 module at work: calls wait in line, and a child that died is followed by another, after pauses that grow.
 * The call that a child died of fails; those behind it wait for the next child, for as long as they may.
 */
export class ModuleKeeper {
  readonly #waiting: WaitingCall[] = [];
  readonly #limits: ModuleLimits;
  readonly #pin: SecretBytes;
  /** The newest child, whether it is ready or not. */
  #child: ModuleProcess | undefined;
  #isReady = false;
  #fingerprint = '';
  #isBusy = false;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: NodeJS.Timeout | undefined;
  /** Why no child is started any more. */
  #end: KeyEncryptionError | undefined;

  /** @param pin kept for the next child, and wiped when the keeper is closed */
  constructor(limits: ModuleLimits, pin: SecretBytes) {
    this.#limits = limits;
    this.#pin = pin;
  }

  /** Gives the key's fingerprint. Rejects with what the first child failed with, and closes: nobody waits for a second. */
  async open(): Promise<string> {
    try {
      const child = this.#startChild();
      this.#fingerprint = await child.started;
      this.#follow(child);
      return this.#fingerprint;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Rejects with `KeyEncryptionError`. */
  ask(question: Omit<Question, 'id'>): Promise<Uint8Array> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const alarm = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(call), 1);
        reject(new KeyEncryptionError('unavailable', 'the PKCS#11 module is away, or too much waits for it'));
      }, this.#limits.callMilliseconds);
      const call = { question, resolve, reject, alarm };
      this.#waiting.push(call);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#endWith(closedKey());
    this.#child?.kill();
    await this.#child?.gone;
  }

  #next(): void {
    const child = this.#child;
    if (child?.isUsable !== true || !this.#isReady || this.#isBusy) return;
    const call = this.#waiting.shift();
    if (call === undefined) return;
    clearTimeout(call.alarm);
    this.#isBusy = true;
    const answered = child.ask(call.question, this.#limits.callMilliseconds).then(
      (bytes) => {
        this.#pauseMs = FIRST_PAUSE_MS;
        if (this.#end === undefined) call.resolve(bytes);
        else {
          bytes.fill(0);
          call.reject(this.#end);
        }
      },
      (error: unknown) => {
        call.reject(this.#end ?? (error as KeyEncryptionError));
      },
    );
    void answered.finally(() => {
      this.#isBusy = false;
      this.#next();
    });
  }

  /** To be called once a child is ready: it works, until it is gone. */
  #follow(child: ModuleProcess): void {
    this.#isReady = true;
    void child.gone.then(() => {
      this.#isReady = false;
      this.#startLater();
    });
    this.#next();
  }

  #startLater(): void {
    if (this.#end !== undefined) return;
    this.#pause = setTimeout(() => void this.#startAgain(), this.#pauseMs).unref();
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  async #startAgain(): Promise<void> {
    const child = this.#startChild();
    try {
      const fingerprint = await child.started;
      if (fingerprint !== this.#fingerprint) throw new KeyEncryptionError('missing', 'the PKCS#11 key is another now');
      this.#follow(child);
    } catch (error) {
      child.kill();
      await child.gone;
      // Asked once more, a token that does not take its PIN may lock itself for good.
      if (error instanceof KeyEncryptionError && error.reason === 'refused') this.#endWith(error);
      this.#startLater();
    }
  }

  #startChild(): ModuleProcess {
    this.#child = new ModuleProcess(this.#limits, this.#pin);
    return this.#child;
  }

  #endWith(error: KeyEncryptionError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    clearTimeout(this.#pause);
    this.#pin.wipe();
    for (const { alarm, reject } of this.#waiting.splice(0)) {
      clearTimeout(alarm);
      reject(error);
    }
  }
}
