import type { CountScope } from '../limits/count-scope.js';
import type { OperationSet } from './operation-set.js';

/** Which messages a key signs: `typed` wants the text, and that it reads as no transaction. */
export type MessageMode = 'any' | 'typed' | 'none';

/**
 * What one split key may sign. What is absent limits nothing; everything that is present must hold. Made by
 * `parsePolicy`, which is the only way to know that it is sound; never changed, only followed by another.
 */
export interface Policy {
  /** Absent: everything. Empty: nothing. */
  readonly operations?: OperationSet;
  /** Client ids, 64 lower-case hex digits. Concerns whatever is not addressed to a known contract. */
  readonly recipients?: ReadonlySet<string>;
  /** uint64, in SAS: of one transaction. */
  readonly maxValueSas?: bigint;
  readonly limits?: readonly Limit[];
  /** Unix seconds; 0 = none, as absent is once it is in force. Whoever writes a policy may tell the two apart. */
  readonly notBeforeSeconds?: number;
  readonly expiresAtSeconds?: number;
  readonly hours?: readonly WeeklyHours[];
  readonly creationWindowSeconds?: number;
  readonly messages?: MessageMode;
}

/** How much, or how often, in a window of time. One of the two maxima is there at least. */
export interface Limit {
  readonly window: LimitWindow;
  readonly scope: CountScope;
  /** uint64, in SAS: of all that the window counts, the one that is asked for included. */
  readonly maxValueSas?: bigint;
  readonly maxCount?: number;
}

export type LimitWindow =
  | { readonly kind: 'rolling'; readonly windowSeconds: number }
  | { readonly kind: 'period'; readonly periodSeconds: number; readonly anchorSeconds: number }
  | { readonly kind: 'total' };

/** The days of the week, in the order of ISO 8601. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Day = (typeof DAYS)[number];

/** Open on these days from `fromMinute` to before `toMinute`, over midnight when that is the smaller. */
export interface WeeklyHours {
  /** Those on which it opens. */
  readonly days: ReadonlySet<Day>;
  /** Of the local day, 0 to 1439. */
  readonly fromMinute: number;
  /** Of the local day, 0 to 1440; never the same as `fromMinute`. */
  readonly toMinute: number;
  /** A name of the IANA's database, as it was written. */
  readonly timeZone: string;
}
