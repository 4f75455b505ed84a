import { Worker } from 'node:worker_threads';
import type { Transferable } from 'node:worker_threads';

interface OpenJob<Answer> {
  readonly id: number;
  readonly alarm: NodeJS.Timeout;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

export interface ThreadSetUp {
  /** As errors say it: `a curve worker`. */
  readonly name: string;
  /** The compiled worker. */
  readonly file: URL;
  readonly workerData: unknown;
  /** How long it may take to become ready; then it is ended. Milliseconds. */
  readonly startMs: number;
}

/**
 * A worker thread that answers one question at a time, with an empty environment. Its first message says that it is
 * ready. It is ended when it takes longer than it may: nothing else stops a thread that hangs.
 */
export abstract class JobThread<Message, Answer> {
  /** Resolves when the worker has passed its self-tests; rejects when it ends before that. */
  readonly ready: Promise<void>;
  /** Resolves when the thread is gone. */
  readonly gone: Promise<void>;
  readonly #name: string;
  readonly #worker: Worker;
  #state: 'starting' | 'ready' | 'dead' = 'starting';
  #job: OpenJob<Answer> | undefined;
  #lastId = 0;

  constructor({ name, file, workerData, startMs }: ThreadSetUp) {
    const worker = new Worker(file, { workerData, env: {} });
    this.#name = name;
    this.#worker = worker;
    const alarm = this.#endIn(startMs);
    this.gone = new Promise((resolve) => {
      worker.once('exit', () => {
        clearTimeout(alarm);
        resolve();
      });
    });
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: Message) => {
        if (this.#state === 'starting') {
          clearTimeout(alarm);
          this.#state = 'ready';
          resolve();
        } else this.#answered(message);
      });
      worker.once('error', (error) => {
        reject(error);
        this.#died();
      });
      worker.once('exit', (code) => {
        reject(new Error(`${name} ended with ${code}`));
        this.#died();
      });
    });
  }

  /** Whether it could do a job, now or after the one that it does. */
  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get isFree(): boolean {
    return this.isReady && this.#job === undefined;
  }

  /** Whether it will never answer again. */
  get isGone(): boolean {
    return this.#state === 'dead';
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** The answer to the question of this number. When it throws, nothing of this thread is believed any more. */
  protected abstract readAnswer(message: Message, id: number): Answer | undefined;

  /**
   * Moves the transferred bytes of a question to the thread. Rejects when the thread is not free, and when it dies before
   * it has answered.
   */
  protected ask(
    question: (id: number) => object,
    transferred: readonly Transferable[],
    patienceMs: number,
  ): Promise<Answer> {
    if (!this.isFree)
      return Promise.reject(new Error(`${this.#name} does one job at a time, and none when it is gone`));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#worker.postMessage(question(id), transferred);
      this.#job = { id, alarm: this.#endIn(patienceMs), resolve, reject };
    });
  }

  /** Says something that has no answer, and that whatever is asked afterwards comes behind. */
  protected tell(message: object): void {
    this.#worker.postMessage(message);
  }

  #endIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void this.#worker.terminate(), milliseconds).unref();
  }

  #answered(message: Message): void {
    const job = this.#job;
    if (job === undefined) return;
    let answer: Answer | undefined;
    try {
      answer = this.readAnswer(message, job.id);
    } catch {
      // Its end rejects the job.
      void this.#worker.terminate();
      return;
    }
    if (answer === undefined) return;
    this.#job = undefined;
    clearTimeout(job.alarm);
    job.resolve(answer);
  }

  #died(): void {
    this.#state = 'dead';
    const job = this.#job;
    if (job === undefined) return;
    this.#job = undefined;
    clearTimeout(job.alarm);
    job.reject(new Error(`${this.#name} died`));
  }
}
