import { FRIEND, WALLET } from '../../chain/transaction-texts.js';
import type { Ask } from './asks.js';
import { CONTRACT_ADDRESSES, GROUP_NAMES, OPERATION_NAMES } from './reference-evaluator.js';
import type { Event, HoursJson, KnownData, LimitJson, PolicyJson } from './reference-evaluator.js';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const call = (name: string): KnownData => ({
  text: JSON.stringify({ name, input: {} }),
  calls: name,
  isTransferData: name === 'transfer',
});

export const DATA: readonly KnownData[] = [
  call('transfer'),
  call('read_redeem'),
  call('commit_connection'),
  call('collect_reward'),
  call('pour'),
  call('burn'),
  call('stake_pool_lock'),
  call('no_such_function'),
  { text: '', isTransferData: true },
  { text: 'rent for May', isTransferData: true },
  { text: '{"note":"rent"}', isTransferData: true },
  { text: '{"name":"transfer","Name":"burn","input":{}}', isTransferData: false },
  { text: '{"name":"burn"}', isTransferData: false },
];

const THIRD = '1'.repeat(64);
const SECOND_MS = 1000;
/** Before and after both changes of clocks in 2026 of the zones below, and at no time of theirs. */
const MOMENTS = ['2026-03-08T06:59:59Z', '2026-03-29T00:59:30Z', '2026-04-04T15:29:00Z', '2026-07-01T12:00:00Z'].concat(
  ['2026-10-03T15:29:59Z', '2026-10-25T00:30:00Z', '2026-11-01T05:30:00Z', '2026-12-31T23:59:59Z'],
);
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];

/** Makes policies, requests and pasts of few different values, so that they often meet at an edge. */
export class RandomQuestions {
  constructor(private readonly next: () => number) {}

  below(most: number): number {
    return Math.floor(this.next() * most);
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  isSo(probability: number): boolean {
    return this.next() < probability;
  }

  private some<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }

  private maybe<K extends string, V>(probability: number, name: K, make: () => V): Partial<Record<K, V>> {
    return this.isSo(probability) ? ({ [name]: make() } as Record<K, V>) : {};
  }

  nowMs(): number {
    return Date.parse(this.one(MOMENTS)) + this.one([0, 1, 999, 30 * 60_000, -1, 86_400_000, 59_000]);
  }

  private amount(): bigint {
    return this.one([0n, 1n, 4n, 5n, 6n, 10n, 2n ** 64n - 1n]);
  }

  private operations(): string[] {
    return this.some(1, 4, () => (this.isSo(0.5) ? this.one(GROUP_NAMES) : this.one([...OPERATION_NAMES, 'transfer'])));
  }

  private limit(nowMs: number): LimitJson {
    const of = this.one(['transactions', 'transactions', 'messages', 'all', undefined] as const);
    const maxima = {
      ...this.maybe(0.7, 'max_value', () => String(this.amount())),
      ...this.maybe(0.6, 'max_count', () => 1 + this.below(4)),
    };
    const isOfTransactions = of === undefined || of === 'transactions';
    return {
      ...this.one([
        { kind: 'rolling', window_seconds: this.one([1, 2, 60]) } as const,
        {
          kind: 'period',
          period_seconds: this.one([1, 60]),
          anchor: Math.floor(nowMs / 1000) + this.below(3),
        } as const,
        { kind: 'total' } as const,
      ]),
      ...(of === 'messages' || Object.keys(maxima).length === 0 ? { max_count: 1 + this.below(4) } : maxima),
      ...(of === undefined ? {} : { of }),
      ...(isOfTransactions
        ? this.maybe(0.4, 'operations', () =>
            this.operations()
              .filter((name) => !name.endsWith('_signing'))
              .concat('data'),
          )
        : {}),
    };
  }

  private hours(): HoursJson {
    const time = (): string => this.one(['00:00', '01:30', '02:00', '02:30', '09:00', '12:00', '13:00', '23:59']);
    const from = time();
    const to = this.one(['24:00', '02:00', '02:30', '03:00', '12:01', '14:15'].filter((other) => other !== from));
    const days = this.some(1, 7, () => this.one(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']));
    return { days, from, to, time_zone: this.one(ZONES) };
  }

  /** Of which some are refused when they are written. */
  policy(nowMs: number): PolicyJson {
    const nearNow = (): number => Math.floor(nowMs / 1000) + this.one([-60, -1, 0, 1, 60]);
    return {
      ...this.maybe(0.5, 'operations', () => this.operations()),
      ...this.maybe(0.3, 'recipients', () => this.some(1, 3, () => this.one([FRIEND, WALLET, THIRD]))),
      ...this.maybe(0.4, 'max_value', () => String(this.amount())),
      ...this.maybe(0.6, 'limits', () => this.some(1, 4, () => this.limit(nowMs))),
      ...this.maybe(0.15, 'not_before', nearNow),
      ...this.maybe(0.15, 'expires_at', nearNow),
      ...this.maybe(0.25, 'hours', () => this.some(1, 3, () => this.hours())),
      ...this.maybe(0.25, 'creation_window_seconds', () => this.one([1, 60, 86_400])),
      ...this.maybe(0.2, 'messages', () => this.one(['any', 'typed', 'none'] as const)),
    };
  }

  ask(nowMs: number): Ask {
    if (this.isSo(0.2)) {
      const hash = this.below(6)
        .toString(16)
        .padStart(this.one([64, 64, 32, 2]), '0');
      return { kind: 'message', hash, text: this.one(['not-shown', 'shown', 'reads-as-transaction'] as const) };
    }
    const seconds = Math.floor(nowMs / 1000);
    return {
      kind: 'transaction',
      hash: this.below(40).toString(16).padStart(64, '0'),
      type: this.one([0, 0, 0, 10, 1000, 1000, 7]),
      to: this.isSo(0.5) ? this.one([FRIEND, FRIEND, WALLET, THIRD, '']) : this.one(CONTRACT_ADDRESSES),
      data: this.one(DATA).text,
      value: this.amount(),
      created: this.isSo(0.1) ? 0 : seconds + this.one([-86_401, -61, -60, -2, -1, 0, 0, 1, 59, 60, 61, 601]),
    };
  }

  /** What was signed before, in order of time; now and then the clock has been set back since. */
  past(nowMs: number): Event[] {
    const moments = this.some(
      0,
      6,
      () => nowMs - this.one([0, 1, 999, 1000, 1001, 2000, 59_999, 60_000, 60_001, 90_000]),
    );
    const end = this.isSo(0.1) ? nowMs + this.one([1, 5 * SECOND_MS]) : nowMs;
    return [...moments, ...(this.isSo(0.3) ? [end] : [])]
      .sort((a, b) => a - b)
      .map((at) => ({ at, ask: this.ask(nowMs) }));
  }
}
