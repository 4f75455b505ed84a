import { type ChildProcess, fork } from 'node:child_process';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { compiledWorker } from '../../engine/compiled-worker.js';
import { KeyEncryptionError } from '../key-encryption-error.js';
import type { Answer, ModuleFailure, ModuleKey, Question, Started } from './protocol.js';

const CHILD = compiledWorker('./module-child.js', import.meta.url);

export interface ModuleSetUp {
  readonly key: ModuleKey;
  /** All that the child's environment has: what the vendor's library wants to find there, as `SOFTHSM2_CONF`. No secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long loading the module, logging in and finding the key may take. */
  readonly startMilliseconds: number;
}

interface OpenCall {
  readonly id: number;
  readonly alarm: NodeJS.Timeout;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: KeyEncryptionError) => void;
}

/**
 * One life of the child that runs a PKCS#11 module. It does one thing at a time: modules are known that crash when they are
 * used twice at once. Whatever takes longer than it may is killed, since nothing else ends a call that hangs in foreign code.
 */
export class ModuleProcess {
  /** The fingerprint of the key. Rejects with `KeyEncryptionError` when the child does not get as far as that. */
  readonly started: Promise<string>;
  /** Resolves when the child is no more. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  #call: OpenCall | undefined;
  #lastId = 0;
  #isSpent = false;

  /** @param pin stays the caller's to wipe; it goes to the child's standard input, not into arguments or environment */
  constructor({ key, environment, startMilliseconds }: ModuleSetUp, pin: SecretBytes) {
    const child = fork(CHILD, [], {
      env: { ...environment },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    const alarm = this.#killIn(startMilliseconds);
    this.gone = new Promise((resolve) => {
      const ended = (): void => {
        this.#died();
        resolve();
      };
      child.once('exit', ended);
      // When it could not even be forked there is no exit.
      child.on('error', ended);
    });
    this.started = new Promise((resolve, reject) => {
      child.once('message', (message: Started) => {
        clearTimeout(alarm);
        if ('reason' in message) reject(asError(message));
        else resolve(message.fingerprint);
        child.on('message', (answer: Answer) => {
          this.#answered(answer);
        });
      });
      void this.gone.then(() => {
        clearTimeout(alarm);
        reject(
          new KeyEncryptionError('unavailable', 'the PKCS#11 module ended, or took too long, before it was ready'),
        );
      });
    });
    this.started.catch(() => undefined);
    this.#handOver(key, pin);
    // A service that has nothing else to do may end; its child follows.
    child.unref();
    child.channel?.unref();
  }

  /** Whether it may be asked, now or after what it does. */
  get isUsable(): boolean {
    return !this.#isSpent;
  }

  /** Rejects with `KeyEncryptionError`, `unavailable` also when the child dies, or is killed for taking too long. */
  ask(question: Omit<Question, 'id'>, milliseconds: number): Promise<Uint8Array> {
    if (this.#isSpent || this.#call !== undefined) return Promise.reject(died());
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#call = { id, alarm: this.#killIn(milliseconds), resolve, reject };
      this.#child.send({ id, ...question } satisfies Question, () => undefined);
    });
  }

  /** At once, whatever it does: it keeps nothing that could be left half done. */
  kill(): void {
    this.#isSpent = true;
    this.#child.kill('SIGKILL');
    // Whoever waits for its end may have nothing else to do, and must come to what is behind it.
    this.#child.ref();
  }

  #handOver(key: ModuleKey, pin: SecretBytes): void {
    const { stdin } = this.#child;
    // Its end is told by `exit`; what could not be written to it by then is of no use to anybody.
    stdin?.on('error', () => undefined);
    this.#child.send({ key }, () => undefined);
    const copy = Buffer.from(pin.expose());
    stdin?.end(copy, () => copy.fill(0));
  }

  #killIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.kill();
    }, milliseconds);
  }

  #answered(answer: Answer): void {
    const call = this.#call;
    if (call?.id !== answer.id) return;
    this.#call = undefined;
    clearTimeout(call.alarm);
    // Its session is lost, and with it the child.
    if ('reason' in answer && answer.reason === 'unavailable') this.kill();
    if ('reason' in answer) call.reject(asError(answer));
    else call.resolve(answer.bytes);
  }

  #died(): void {
    this.#isSpent = true;
    const call = this.#call;
    if (call === undefined) return;
    this.#call = undefined;
    clearTimeout(call.alarm);
    call.reject(died());
  }
}

function asError({ reason, message }: ModuleFailure): KeyEncryptionError {
  return new KeyEncryptionError(reason, message);
}

function died(): KeyEncryptionError {
  return new KeyEncryptionError('unavailable', 'the process of the PKCS#11 module ended, or took too long');
}
