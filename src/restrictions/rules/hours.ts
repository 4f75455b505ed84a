import { DAYS } from '../policy/policy.js';
import type { WeeklyHours } from '../policy/policy.js';
import { timeOfDay } from '../policy/policy-json.js';
import { localTime } from '../policy/time-zones.js';
import { listed } from '../wording/lists.js';
import type { Question, Rule } from './rule.js';

const DAYS_IN_WEEK = DAYS.length;

/** Whether one window is open, by what the clocks of its zone show. */
function isOpen({ days, fromMinute, toMinute, timeZone }: WeeklyHours, nowMs: number): boolean {
  const { dayIndex, minute } = localTime(nowMs, timeZone);
  const opensOn = (index: number): boolean => {
    const day = DAYS[index];
    return day !== undefined && days.has(day);
  };
  if (fromMinute < toMinute) return opensOn(dayIndex) && fromMinute <= minute && minute < toMinute;
  if (minute >= fromMinute) return opensOn(dayIndex);
  // After midnight it belongs to the day on which it opened.
  return minute < toMinute && opensOn((dayIndex + DAYS_IN_WEEK - 1) % DAYS_IN_WEEK);
}

function inWords({ days, fromMinute, toMinute, timeZone }: WeeklyHours): string {
  const named = DAYS.filter((day) => days.has(day)).join('/');
  return `${named} ${timeOfDay(fromMinute)} to ${timeOfDay(toMinute)} ${timeZone}`;
}

function clocks({ policy, now }: Question): string {
  const zones = new Set(policy.hours?.map(({ timeZone }) => timeZone));
  return listed(
    [...zones].map((zone) => {
      const { dayIndex, minute } = localTime(now.nowMs, zone);
      return `${DAYS[dayIndex] ?? ''} ${timeOfDay(minute)} ${zone}`;
    }),
  );
}

const open = ({ policy }: Question): string => listed((policy.hours ?? []).map(inWords));

/** Signs while one window of the week is open. */
export const hoursRule: Rule = {
  name: 'hours',
  isThere: ({ policy }) => policy.hours !== undefined,
  refusal: ({ policy, now }) =>
    policy.hours?.some((window) => isOpen(window, now.nowMs)) === false ? 'outside-hours' : undefined,
  allows: open,
  asked: clocks,
  sentence: (question) => `it is ${clocks(question)}, and the key signs on ${open(question)}`,
};
