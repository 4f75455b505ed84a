import { describe, expect, it } from '@jest/globals';
import { transfer } from './asks.js';
import { verdict } from './verdicts.js';

interface Window {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly time_zone: string;
}

const ALL_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const window = (from: string, to: string, time_zone = 'UTC', days = ALL_DAYS): Window => ({
  days,
  from,
  to,
  time_zone,
});

/** Whether it signs at this moment, an ISO date. */
function isOpen(hours: readonly Window[], moment: string): boolean {
  const outcome = verdict({ hours }, transfer(), { nowMs: Date.parse(moment) });
  expect(['allowed', 'hours outside-hours']).toContain(outcome);
  return outcome === 'allowed';
}

describe('weekly hours', () => {
  it('hold from their first millisecond to before their last', () => {
    const hours = [window('09:00', '17:30')];
    expect(isOpen(hours, '2026-07-01T08:59:59.999Z')).toBe(false);
    expect(isOpen(hours, '2026-07-01T09:00:00.000Z')).toBe(true);
    expect(isOpen(hours, '2026-07-01T17:29:59.999Z')).toBe(true);
    expect(isOpen(hours, '2026-07-01T17:30:00.000Z')).toBe(false);
  });

  it('hold on their days alone; 2026-07-01 is a Wednesday', () => {
    for (const [at, day] of ALL_DAYS.entries()) {
      // June 29 is a Monday.
      const moment = new Date(Date.parse('2026-06-29T12:00:00Z') + at * 86_400_000).toISOString();
      for (const other of ALL_DAYS)
        expect(isOpen([window('00:00', '24:00', 'UTC', [other])], moment)).toBe(other === day);
    }
  });

  it('may be a whole day, which ends at its last millisecond', () => {
    const hours = [window('00:00', '24:00', 'UTC', ['wed'])];
    expect(isOpen(hours, '2026-06-30T23:59:59.999Z')).toBe(false);
    expect(isOpen(hours, '2026-07-01T00:00:00Z')).toBe(true);
    expect(isOpen(hours, '2026-07-01T23:59:59.999Z')).toBe(true);
    expect(isOpen(hours, '2026-07-02T00:00:00Z')).toBe(false);
  });

  it('over midnight belong to the day on which they open', () => {
    const hours = [window('22:00', '06:00', 'UTC', ['sun'])];
    expect(isOpen(hours, '2026-06-28T05:59:00Z')).toBe(false); // Sunday before it opened
    expect(isOpen(hours, '2026-06-28T21:59:59.999Z')).toBe(false);
    expect(isOpen(hours, '2026-06-28T22:00:00Z')).toBe(true);
    expect(isOpen(hours, '2026-06-29T00:00:00Z')).toBe(true); // Monday
    expect(isOpen(hours, '2026-06-29T05:59:59.999Z')).toBe(true);
    expect(isOpen(hours, '2026-06-29T06:00:00Z')).toBe(false);
    expect(isOpen(hours, '2026-06-29T22:00:00Z')).toBe(false);
  });

  it('hold while one of several does', () => {
    const hours = [window('09:00', '10:00', 'UTC', ['wed']), window('11:00', '12:00', 'UTC', ['wed'])];
    const open = ['08:30', '09:30', '10:30', '11:30', '12:30'].map((time) => isOpen(hours, `2026-07-01T${time}:00Z`));
    expect(open).toEqual([false, true, false, true, false]);
  });

  it('are of their own zone, on whatever day it is there', () => {
    const tokyo = [window('00:00', '01:00', 'Asia/Tokyo', ['thu'])];
    expect(isOpen(tokyo, '2026-07-01T15:00:00Z')).toBe(true);
    expect(isOpen(tokyo, '2026-07-02T00:30:00Z')).toBe(false);
    expect(isOpen([window('17:45', '17:46', 'Asia/Kathmandu')], '2026-07-01T12:00:00Z')).toBe(true);
  });

  it('say the same for every spelling of a zone', () => {
    for (const zone of ['Europe/Berlin', 'europe/berlin', 'EUROPE/BERLIN']) {
      expect(isOpen([window('14:00', '14:01', zone)], '2026-07-01T12:00:00Z')).toBe(true);
    }
  });
});

describe('weekly hours when the clocks change', () => {
  it('keep to the clock on both sides of the change', () => {
    const berlin = [window('09:00', '10:00', 'Europe/Berlin')];
    expect(isOpen(berlin, '2026-03-28T08:30:00Z')).toBe(true);
    expect(isOpen(berlin, '2026-03-29T07:30:00Z')).toBe(true);
    expect(isOpen(berlin, '2026-03-29T08:30:00Z')).toBe(false);
    expect(isOpen(berlin, '2026-10-24T07:30:00Z')).toBe(true);
    expect(isOpen(berlin, '2026-10-25T08:30:00Z')).toBe(true);
  });

  it.each([
    // Zone, the hour that is skipped, and the last and the first millisecond around it.
    ['Europe/Berlin', '02:00', '03:00', '2026-03-29T01:00:00Z'],
    ['America/New_York', '02:00', '03:00', '2026-03-08T07:00:00Z'],
    ['Australia/Lord_Howe', '02:00', '02:30', '2026-10-03T15:30:00Z'],
  ])('never open in what is skipped: %s', (zone, from, to, change) => {
    const at = Date.parse(change);
    for (const offset of [-3_600_000, -1, 0, 1, 1_800_000, 3_600_000]) {
      expect(isOpen([window(from, to, zone)], new Date(at + offset).toISOString())).toBe(false);
    }
    expect(isOpen([window(to, '04:00', zone)], new Date(at).toISOString())).toBe(true);
    expect(isOpen([window(to, '04:00', zone)], new Date(at - 1).toISOString())).toBe(false);
    expect(isOpen([window('01:59', from, zone)], new Date(at - 1).toISOString())).toBe(true);
  });

  it.each([
    ['Europe/Berlin', '02:00', '03:00', '2026-10-25T01:00:00Z', 60],
    ['America/New_York', '01:00', '02:00', '2026-11-01T06:00:00Z', 60],
    ['Australia/Lord_Howe', '01:30', '02:00', '2026-04-04T15:00:00Z', 30],
  ])('are open twice in what is repeated: %s', (zone, from, to, change, minutes) => {
    const at = Date.parse(change);
    const length = minutes * 60_000;
    const open = (offset: number): boolean => isOpen([window(from, to, zone)], new Date(at + offset).toISOString());
    expect([-length - 1, -length, -1, 0, length - 1, length].map(open)).toEqual([false, true, true, true, true, false]);
  });

  it('reach over midnight and the change', () => {
    const night = [window('23:00', '03:30', 'Europe/Berlin', ['sat'])];
    // Spring: 02:00 becomes 03:00, at 01:00 UTC.
    expect(isOpen(night, '2026-03-28T21:59:59Z')).toBe(false);
    expect(isOpen(night, '2026-03-28T22:00:00Z')).toBe(true);
    expect(isOpen(night, '2026-03-29T01:29:59Z')).toBe(true);
    expect(isOpen(night, '2026-03-29T01:30:00Z')).toBe(false);
    // Autumn: 03:00 becomes 02:00, at 01:00 UTC.
    expect(isOpen(night, '2026-10-24T21:00:00Z')).toBe(true);
    expect(isOpen(night, '2026-10-25T02:29:59Z')).toBe(true);
    expect(isOpen(night, '2026-10-25T02:30:00Z')).toBe(false);
  });
});
