import { performance } from 'node:perf_hooks';

/** Tells each step of the demo in one line with the time it took. */
export class Narrator {
  #step = 0;

  constructor(private readonly say: (line: string) => void) {}

  headline(text: string): void {
    this.say(`\n${text}`);
  }

  /** Runs one step; its line names what came of it. Throws what the step throws. */
  async step<T>(what: string, work: () => Promise<T>, outcomeOf: (result: T) => string): Promise<T> {
    this.#step += 1;
    const startedAt = performance.now();
    try {
      const result = await work();
      const milliseconds = performance.now() - startedAt;
      this.say(this.#line('ok', what, outcomeOf(result), milliseconds));
      return result;
    } catch (error) {
      this.say(this.#line('NO', what, 'not as it should be', performance.now() - startedAt));
      throw error;
    }
  }

  failed(reason: string): void {
    this.say(`\nThe demo failed: ${reason}`);
  }

  #line(mark: string, what: string, outcome: string, milliseconds: number): string {
    return `${mark} ${String(this.#step).padStart(2)}. ${what}: ${outcome} (${milliseconds.toFixed(1)} ms)`;
  }
}
