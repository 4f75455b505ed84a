import { createHook } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Counts what is signed or verified in this thread, by whichever call. */
export class SignatureTap {
  count = 0;
  readonly #hook = createHook({
    init: (_, type) => {
      if (type === 'SIGNREQUEST') this.count += 1;
    },
  }).enable();

  close(): void {
    this.#hook.disable();
  }
}

/** Threads of Node's pool, unless `UV_THREADPOOL_SIZE` says otherwise. */
const THREADS = 4;

/** Keeps every thread of Node's pool until it is released: each opens a pipe that nobody writes to. */
export class HeldPool {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kms-pipe-'));
  readonly #pipe = join(this.#folder, 'pipe');
  readonly #opened: Promise<unknown>;
  #isReleased = false;

  constructor() {
    execFileSync('mkfifo', [this.#pipe]);
    const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? THREADS);
    this.#opened = Promise.all(Array.from({ length: threads }, async () => (await open(this.#pipe, 'r')).close()));
  }

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    const writer = openSync(this.#pipe, 'r+');
    await this.#opened;
    closeSync(writer);
    rmSync(this.#folder, { recursive: true });
  }
}
