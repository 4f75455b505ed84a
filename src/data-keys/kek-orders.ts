import { systemRandomBytes } from '../crypto/random-bytes.js';
import { isSameKey } from '../database/known-key.js';
import { StartError } from '../errors/start-error.js';
import { proveBinding } from '../key-encryption/prove-binding.js';
import { kekFor } from './custody.js';
import {
  dataKeysIn,
  kekOfId,
  keksIn,
  makeCurrent,
  retireKek,
  setVerified,
  standingOf,
  wrappedUnder,
} from './kek-rows.js';
import type { DataKeyRow } from './kek-rows.js';
import { requireConfiguredIsCurrent, withConfigured } from './kek-work.js';
import type { DescribedKek, KekWork } from './kek-work.js';
import { idOfKek, keepKek, keepWrapping, keptWrappings } from './key-tables.js';
import { passphrasesIn } from './passphrase-rows.js';
import { unwrapBytes, wrap } from './wrapping.js';

/** What came of an order: the key that it was about, and whether anything is otherwise now. */
export interface KekChange {
  readonly id: string;
  readonly changed: boolean;
}

/**
 * An operator's orders about key-encryption keys: one follows another while the service runs. Whoever calls has them
 * carried out one after the other. They reject with `StartError`, and then nothing was changed.
 */
export class KekOrders {
  constructor(private readonly work: KekWork) {}

  /** Makes a described key known, when it has wrapped and unwrapped something. It wraps nothing yet. */
  add(text: string): Promise<KekChange> {
    return this.#withDescribed(text, async ({ kek }) => {
      let change: KekChange | undefined;
      await this.work.change('add-kek', (statements) => {
        const known = idOfKek(statements, kek);
        if (known !== undefined && kekOfId(statements, known).retiredAtMilliseconds !== null) {
          throw new StartError(`this key was retired as ${known}: make another one`);
        }
        change = { id: known ?? keepKek(statements, kek, this.work.nowMilliseconds()), changed: known === undefined };
        return known === undefined ? change.id : undefined;
      });
      if (change === undefined) throw new Error('a unit of work has not run');
      return change;
    });
  }

  /** Proves a described key, or has the configured ones open everything that is wrapped under them. */
  async check(text: string | undefined): Promise<object> {
    if (text !== undefined) {
      return this.#withDescribed(text, async ({ kek: { provider, fingerprint }, kek }) => {
        const id = await this.work.read((statements) => idOfKek(statements, kek));
        return { id: id ?? null, provider, fingerprint, opened: 0 };
      });
    }
    return withConfigured(this.work, async (custody) => {
      const all = await this.work.read(keptWrappings);
      const ours = all.filter((one) => isSameKey(one, kekFor(custody, one.domain)));
      for (const one of ours) (await unwrapBytes(one, kekFor(custody, one.domain))).wipe();
      const { provider, fingerprint } = custody.kek;
      const id = await this.work.read((statements) => idOfKek(statements, custody.kek));
      return { id: id ?? null, provider, fingerprint, opened: ours.length };
    });
  }

  /**
   * Wraps every data key under a known key as well, and makes that the current one: all in one transaction. The former one
   * still opens them.
   */
  rotate(id: string, text: string): Promise<KekChange> {
    return this.#withDescribed(text, async (described) => {
      const { kek } = described;
      const [row, keys, done] = await this.work.read((statements) => [
        kekOfId(statements, id),
        dataKeysIn(statements).filter((key) => this.#isOf(described, key)),
        wrappedUnder(statements, id),
      ]);
      if (!isSameKey(row, kek)) throw new StartError('the file describes another key than the one of this id');
      if (standingOf(row) === 'retired') throw new StartError(`the key ${id} was retired: add another one`);
      const missing = keys.filter((key) => !done.has(key.id));
      if (missing.length === 0 && keys.every((key) => key.kekId === id)) return { id, changed: false };
      const wrapped = await this.#wrapAll(missing, described);
      await this.work.change('rotate-kek', (statements) => {
        const now = dataKeysIn(statements).filter((key) => this.#isOf(described, key));
        if (now.map((key) => key.id).join() !== keys.map((key) => key.id).join()) {
          throw new StartError('the data keys have changed meanwhile: give the order again');
        }
        for (const one of wrapped) keepWrapping(statements, one, id);
        for (const key of keys) if (key.kekId !== id) makeCurrent(statements, key.id, id);
        setVerified(statements, id, null);
        return id;
      });
      return { id, changed: true };
    });
  }

  /** Deletes the wrappings under a key that is current no more. */
  async retire(id: string): Promise<KekChange> {
    return withConfigured(this.work, async (custody) => {
      let changed = false;
      await this.work.change('retire-kek', (statements) => {
        const row = kekOfId(statements, id);
        if (standingOf(row) === 'retired') return undefined;
        if (row.wrappings > 0 && row.wrappings === row.current) {
          throw new StartError(`the key ${id} is the current one: rotate to another one first`);
        }
        const current = requireConfiguredIsCurrent(statements, custody);
        const isVerified = (one: string): boolean => kekOfId(statements, one).verifiedAtMilliseconds !== null;
        if (row.wrappings > 0 && !current.every(isVerified)) {
          throw new StartError(
            'not everything was opened without this key since the last change: kms kek verify first',
          );
        }
        retireKek(statements, id, this.work.nowMilliseconds());
        changed = true;
        return id;
      });
      return { id, changed };
    });
  }

  async list(): Promise<readonly object[]> {
    const keks = await this.work.read(keksIn);
    return keks.map((row) => ({
      id: row.id,
      provider: row.provider,
      fingerprint: row.fingerprint,
      standing: standingOf(row),
      data_keys: row.wrappings,
      current_of: row.current,
      added_at_ms: row.addedAtMilliseconds,
      verified_at_ms: row.verifiedAtMilliseconds,
    }));
  }

  /** Without a key of ZAuth's own the first one is for all. */
  #isOf({ isZAuths }: DescribedKek, { domain }: DataKeyRow): boolean {
    if (isZAuths) return domain === 'auth';
    return domain !== 'auth' || !this.work.hasAuthKek;
  }

  #wrapAll(
    missing: readonly DataKeyRow[],
    { kek }: DescribedKek,
  ): Promise<readonly { readonly id: string; readonly wrapped: Uint8Array }[]> {
    if (missing.length === 0) return Promise.resolve([]);
    return withConfigured(this.work, async (custody) => {
      const all = await this.work.read(keptWrappings);
      const made: { readonly id: string; readonly wrapped: Uint8Array }[] = [];
      for (const { id, domain, epoch } of missing) {
        const from = kekFor(custody, domain);
        const ours = all.find((one) => one.id === id && isSameKey(one, from));
        if (ours === undefined) throw new StartError(`the data key ${id} is not wrapped under the configured key`);
        // Wiped by `wrap`.
        made.push(await wrap({ id, domain, epoch }, await unwrapBytes(ours, from), kek));
      }
      return made;
    });
  }

  async #withDescribed<T>(text: string, use: (described: DescribedKek) => Promise<T>): Promise<T> {
    const described = await this.work.openDescribed(text, await this.work.read(passphrasesIn));
    try {
      await proveBinding(described.kek, systemRandomBytes);
      return await use(described);
    } finally {
      await described.kek.close();
    }
  }
}
