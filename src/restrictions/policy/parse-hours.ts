import { isTimeZone } from './time-zones.js';
import { DAYS } from './policy.js';
import type { WeeklyHours } from './policy.js';
import { readList, readObject, readText, readWord, refuse, required } from './policy-fields.js';
import type { Field } from './policy-fields.js';

const MAX_HOURS = 20;
const TIME_OF_DAY = /^([01][0-9]|2[0-3]):([0-5][0-9])$/;
const END_OF_DAY_MINUTE = 1_440;

/** `policy.hours`. @throws MalformedPolicyError */
export function parseHours(field: Field): readonly WeeklyHours[] {
  return readList(field, 1, MAX_HOURS, 'entries').map(parseOne);
}

function parseOne(field: Field): WeeklyHours {
  const read = readObject(field, ['days', 'from', 'to', 'time_zone'] as const);
  const days = readList(required(read, field, 'days'), 1, DAYS.length, 'days').map((day) => readWord(day, DAYS));
  const fromMinute = parseMinute(required(read, field, 'from'), false);
  const to = required(read, field, 'to');
  const toMinute = parseMinute(to, true);
  if (toMinute === fromMinute) refuse(to, 'is when it opens, so it never does; a whole day is from 00:00 to 24:00');
  return { days: new Set(days), fromMinute, toMinute, timeZone: parseTimeZone(required(read, field, 'time_zone')) };
}

/** Minutes since the day began. The end of a day, 24:00, is a time to close and none to open. */
function parseMinute(field: Field, mayBeEnd: boolean): number {
  const text = readText(field);
  if (mayBeEnd && text === '24:00') return END_OF_DAY_MINUTE;
  const [, hour, minute] =
    TIME_OF_DAY.exec(text) ?? refuse(field, `must be a time as 09:30${mayBeEnd ? ', or 24:00' : ''}`);
  return 60 * Number(hour) + Number(minute);
}

function parseTimeZone(field: Field): string {
  const name = readText(field);
  if (!isTimeZone(name)) refuse(field, 'must be a time zone of the IANA, as "Europe/Berlin" or "UTC"');
  return name;
}
