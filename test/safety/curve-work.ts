import { CoSigner } from '../../src/auth/signing/co-signer.js';
import type { TestServer } from '../support/test-server.js';

/**
 * The curve work of signatures, ending later than the workers end it, so that something else is decided between the
 * first look at a split key and the record.
 */
export interface CurveWork {
  /** How many signatures were computed, released or not. */
  computed(): number;
  /** Resolves when so many more have been computed. */
  untilComputed(more: number): Promise<void>;
  /** Lets those that are computed from now on wait for {@link letAllEnd}. */
  hold(): void;
  /** Resolves when one is held. */
  isHolding(): Promise<void>;
  letAllEnd(): void;
}

/** @param turnsOf turns of the event loop that the n-th computation takes longer, while none is held */
export function slowCurveWork(server: TestServer, turnsOf: (nth: number) => number = () => 0): CurveWork {
  const coSigner = server.app.get(CoSigner, { strict: false });
  const combine = coSigner.combine.bind(coSigner);
  let computed = 0;
  const waiters = new Map<() => void, number>();
  let isHeldBack = false;
  let held: (() => void)[] = [];
  let tellHolding: () => void = () => undefined;
  let holding = Promise.resolve();

  coSigner.combine = async (...input) => {
    const combined = await combine(...input);
    computed += 1;
    for (const [tell, count] of waiters) {
      if (computed < count) continue;
      waiters.delete(tell);
      tell();
    }
    if (isHeldBack) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
        tellHolding();
      });
    }
    for (let turns = turnsOf(computed); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    return combined;
  };
  return {
    computed: () => computed,
    untilComputed: async (more) => {
      if (more > 0) await new Promise<void>((resolve) => waiters.set(resolve, computed + more));
    },
    hold: () => {
      isHeldBack = true;
      holding = new Promise((resolve) => (tellHolding = resolve));
    },
    isHolding: () => holding,
    letAllEnd: () => {
      isHeldBack = false;
      for (const end of held) end();
      held = [];
    },
  };
}
