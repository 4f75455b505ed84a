import { setImmediate } from 'node:timers/promises';
import { SECRET_DOMAINS } from '../crypto/sealing/data-key.js';
import type { DataKey, KeyDomain, SealingDomain } from '../crypto/sealing/data-key.js';
import { envelopeHeader } from '../crypto/sealing/envelope.js';
import { SERVICE_SEALED } from '../errors/service-sealed.js';
import type { SealedColumn } from '../sealed-columns.js';
import { kekFor } from './custody.js';
import type { HeldRing } from './held-ring.js';
import { dataKeysIn, setVerified } from './kek-rows.js';
import { requireConfiguredIsCurrent, withConfigured } from './kek-work.js';
import type { KekWork } from './kek-work.js';
import { forgetDataKey, keepDataKey } from './key-tables.js';
import type { WrappedDataKey } from './key-tables.js';
import type { Resealed } from './reseal.js';
import { sealedPages } from './sealed-pages.js';
import { countUnderAnother, replaceSealed, rowsUnderAnother, sealAgain } from './sealed-rows.js';
import type { SealedRow } from './sealed-rows.js';
import { makeDataKey, unwrap } from './wrapping.js';

/** Values that are sealed again in one write: a commit, with its fsync, takes longer than changing so many rows. */
const BATCH = 128;
/** Values that are sealed again in one turn of the event loop: some tenths of a millisecond. */
const SLICE = 8;
/** Values a second at most: signatures that come meanwhile need the same thread. */
const PACE = 2_500;
const SAID_EVERY = 2_000;

export type HeldRings = Readonly<Record<KeyDomain, HeldRing>>;

/**
 * Seals everything again under new data keys while the service runs. Whatever opens knows a new data key before the first
 * value is sealed under it. A value that changes meanwhile stays as it has become. What a killed process has not done the
 * next start does; what an order has not done, the next one does.
 */
export class OnlineReseal {
  #isUnfinished = false;

  constructor(
    private readonly held: HeldRings,
    private readonly columns: readonly SealedColumn[],
    private readonly work: KekWork,
  ) {}

  /** Rejects with `StartError`, with `SERVICE.SEALED` when it is sealed meanwhile, and with what writing says. */
  async run(from: string | undefined, say: (line: string) => void): Promise<Resealed & { readonly keys: number }> {
    const isDone = from !== undefined && from !== this.held.vault.keyId;
    if (isDone && !this.#isUnfinished) return { values: 0, damaged: 0, keys: 0 };
    const made = this.#isUnfinished ? [] : await this.#makeKeys();
    this.#isUnfinished = true;
    let [values, damaged] = [0, 0];
    for (const domain of SECRET_DOMAINS) {
      const done = await this.#resealDomain(domain, say);
      values += done.values;
      damaged += done.damaged;
      if (done.damaged === 0) await this.#forgetEarlier(domain);
    }
    this.#isUnfinished = false;
    return { values, damaged, keys: made.length };
  }

  /** Which data key seals ZVault's values, and how many values are under earlier ones; null while sealed. */
  async status(): Promise<{ readonly data_key: string | null; readonly left: number | null }> {
    try {
      const { keyId } = this.held.vault;
      let left = 0;
      for (const column of this.columns) left += await this.#left(column);
      return { data_key: keyId, left };
    } catch (error) {
      if (error === SERVICE_SEALED) return { data_key: null, left: null };
      throw error;
    }
  }

  /** New data keys in the database, and then in the rings. */
  #makeKeys(): Promise<readonly WrappedDataKey[]> {
    return withConfigured(this.work, async (custody) => {
      const before = await this.work.read((statements) => {
        requireConfiguredIsCurrent(statements, custody);
        return dataKeysIn(statements);
      });
      const made: WrappedDataKey[] = [];
      const opened = new Map<SealingDomain, DataKey>();
      for (const domain of SECRET_DOMAINS) {
        const epoch = 1 + Math.max(...before.filter((key) => key.domain === domain).map((key) => key.epoch));
        const kek = kekFor(custody, domain);
        const key = await makeDataKey(domain, epoch, kek);
        // Opened from its wrapping: what cannot be opened again must seal nothing.
        const { id, key: bytes } = await unwrap(key, kek);
        opened.set(domain, { id, epoch, key: bytes });
        made.push(key);
      }
      // Nothing is written where the rings are not there to take them.
      for (const domain of SECRET_DOMAINS) this.held[domain].demand();
      await this.work.change('reseal', (statements) => {
        const [kekId, ...others] = requireConfiguredIsCurrent(statements, custody);
        const kekOf = new Map(dataKeysIn(statements).map((key) => [key.domain, key.kekId]));
        for (const key of made) {
          keepDataKey(statements, key, kekOf.get(key.domain) ?? '', this.work.nowMilliseconds());
        }
        for (const one of [kekId ?? '', ...others]) setVerified(statements, one, null);
        return kekId;
      });
      for (const [domain, current] of opened) {
        const { ring } = this.held[domain];
        this.held[domain].renew({ current, earlier: [ring.current, ...ring.earlier] });
      }
      return made;
    });
  }

  async #resealDomain(domain: SealingDomain, say: (line: string) => void): Promise<Resealed> {
    const sealer = this.held[domain];
    const header = envelopeHeader(sealer.ring.current);
    const columns = this.columns.filter((one) => one.domain === domain);
    const pages = sealedPages(columns, {
      next: (column, last) =>
        this.work.read((statements) =>
          statements.all<SealedRow>(rowsUnderAnother(column, header.length, BATCH), last, header),
        ),
      saidEvery: SAID_EVERY,
      perSecond: PACE,
      say: (values) => {
        say(`sealed ${values} values of ${domain} again`);
      },
    });
    let [values, damaged] = [0, 0];
    for await (const { column, rows } of pages) {
      const sealed: { readonly row: SealedRow; readonly sealed: Uint8Array | undefined }[] = [];
      for (const row of rows) {
        sealed.push({ row, sealed: sealAgain(row, column, sealer) });
        if (sealed.length % SLICE === 0) await setImmediate();
      }
      const replace = replaceSealed(column);
      await this.work.write((statements) => {
        for (const { row, sealed: again } of sealed) {
          if (again !== undefined) statements.run(replace, again, row.id, row.sealed);
        }
      });
      values += rows.length;
      damaged += sealed.filter((one) => one.sealed === undefined).length;
    }
    return { values, damaged };
  }

  #left(column: SealedColumn): Promise<number> {
    const header = envelopeHeader(this.held[column.domain].ring.current);
    const count = countUnderAnother(column, header.length);
    return this.work.read((statements) => statements.first<{ rows: number }>(count, header)?.rows ?? 0);
  }

  /** The rings keep them for requests under way, until the process ends. */
  async #forgetEarlier(domain: SealingDomain): Promise<void> {
    const { current } = this.held[domain].ring;
    const columns = this.columns.filter((one) => one.domain === domain);
    for (const column of columns) if ((await this.#left(column)) > 0) return;
    await this.work.write((statements) => {
      const earlier = dataKeysIn(statements).filter((key) => key.domain === domain && key.epoch < current.epoch);
      for (const key of earlier) forgetDataKey(statements, key.id);
    });
  }
}
