import type { MclModule, Pointer } from './mcl-module.js';

/**
 * mcl leaves copies of its operands on the dead part of WebAssembly's stack. The deepest call we make (a G2
 * multiplication) reaches 27 KiB below the frame, and the longest message takes 1 KiB of it, so twice that and more is
 * overwritten after every use.
 */
const SCRUBBED_BYTES = 64 * 1024;

/** Room on WebAssembly's stack that lives as long as one {@link inMclFrame}. */
export class MclFrame {
  readonly #mod: MclModule;

  constructor(mod: MclModule) {
    this.#mod = mod;
  }

  /** `size` bytes of undefined content. */
  allocate(size: number): Pointer {
    return this.#mod.stackAlloc(size);
  }

  /** A copy of the bytes inside WebAssembly. */
  put(bytes: Uint8Array): Pointer {
    const pointer = this.allocate(bytes.length);
    this.#mod.HEAP8.set(bytes, pointer);
    return pointer;
  }

  /** A copy of `size` bytes outside WebAssembly. */
  read(pointer: Pointer, size: number): Uint8Array {
    return new Uint8Array(this.#mod.HEAP8.subarray(pointer, pointer + size));
  }
}

/**
 * Runs `work` with room on WebAssembly's stack, then gives the room back and overwrites it together with
 * everything that the calls left below it, whether `work` returned or threw. Costs about a microsecond.
 */
export function inMclFrame<T>(mod: MclModule, work: (frame: MclFrame) => T): T {
  const top = mod.stackSave();
  try {
    return work(new MclFrame(mod));
  } finally {
    mod.stackRestore(top);
    mod.HEAP8.fill(0, top - SCRUBBED_BYTES, top);
  }
}
