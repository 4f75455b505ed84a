/** What no date of JavaScript lies beyond, in seconds. */
const LATEST_DATE_SECONDS = 8_640_000_000_000n;

/** Unix seconds as `2026-11-28T12:00:00Z`; those that are no date as they are. At most 26 characters. */
export function momentOf(seconds: bigint | number): string {
  const whole = BigInt(seconds);
  if (whole > LATEST_DATE_SECONDS) return `second ${whole}`;
  return new Date(Number(whole) * 1000).toISOString().replace('.000', '');
}

/** A moment in milliseconds, rounded up to the second, so that at that second it has come. */
export function secondsUp(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** Whole seconds in the largest unit that has no remainder: `30 days`, `24 hours` (one day is so called), `90 seconds`. */
export function durationOf(seconds: number): string {
  if (seconds === 86_400) return '24 hours';
  const [length, unit] = UNITS.find(([unitSeconds]) => seconds % unitSeconds === 0) ?? [1, 'second'];
  return counted(seconds / length, unit);
}

/** `1 day`, `2 days`. */
export function counted(number: number | bigint, noun: string, plural = `${noun}s`): string {
  return `${number} ${Number(number) === 1 ? noun : plural}`;
}
