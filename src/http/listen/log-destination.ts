import sonicBoom from 'sonic-boom';
import type { LogSink } from './log-options.js';

// A CommonJS module whose names Node does not see from outside.
const { SonicBoom } = sonicBoom;

/** Characters that are kept for a destination that does not take them now. */
const MOST_KEPT = 1024 * 1024;

/** How long the end of the service waits for the last lines. */
const LAST_LINES_MS = 500;

const STANDARD_OUTPUT = 1;

/**
 * Standard output as a log that cannot hurt: lines are written beside the event loop. What a full disk, a reader that is
 * gone or one that does not read keeps from being written is kept, up to {@link MOST_KEPT}, and tried again with the
 * next line; beyond that, lines are dropped and counted.
 */
export class LogDestination implements LogSink {
  readonly #out: InstanceType<typeof SonicBoom>;
  #dropped = 0;
  #hasEnded = false;

  constructor(fileDescriptor = STANDARD_OUTPUT) {
    this.#out = new SonicBoom({ fd: fileDescriptor, sync: false, maxLength: MOST_KEPT });
    // There is nowhere to say it: the count of dropped lines does.
    this.#out.on('error', () => undefined);
    this.#out.on('drop', () => {
      this.#dropped += 1;
    });
  }

  /** How many lines were dropped so far. */
  get dropped(): number {
    return this.#dropped;
  }

  write(line: string): void {
    if (this.#hasEnded) this.#dropped += 1;
    else this.#out.write(line);
  }

  /** Resolves when the last lines have been written, or cannot be in {@link LAST_LINES_MS}. */
  end(): Promise<void> {
    this.#hasEnded = true;
    return new Promise((resolve) => {
      const tooLong = setTimeout(resolve, LAST_LINES_MS);
      this.#out.once('close', () => {
        clearTimeout(tooLong);
        resolve();
      });
      this.#out.end();
    });
  }
}
