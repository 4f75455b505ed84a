import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { KeySetState, RemoteKeySet } from './remote-key-set.js';

/** How often it is looked whether the set is still young. */
const LOOK_MILLISECONDS = 1_000;

/** Fetches the configured key set at the start and keeps it fresh, so that no user waits for the issuer. */
export class KeySetKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;

  /** @param keySet absent where none is configured; then nothing is done */
  constructor(readonly keySet: RemoteKeySet | undefined) {}

  /** What readiness tells; `undefined` where no key set is configured. */
  state(): KeySetState | undefined {
    return this.keySet?.state();
  }

  /** Waits for nothing: a service whose issuer is down starts, and is not ready. */
  onApplicationBootstrap(): void {
    const { keySet } = this;
    if (keySet === undefined) return;
    keySet.keepFresh();
    this.#timer = setInterval(() => {
      keySet.keepFresh();
    }, LOOK_MILLISECONDS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.keySet?.close();
  }
}
