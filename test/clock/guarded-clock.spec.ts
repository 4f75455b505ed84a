import { describe, expect, it } from '@jest/globals';
import { momentBetween } from '../../src/clock/clock.js';
import type { Moment } from '../../src/clock/clock.js';
import { GuardedClock } from '../../src/clock/guarded-clock.js';
import { MovedTime } from '../support/moved-time.js';

const TOLERANCE = 300;
const START = 1_800_000_000;

function guarded(): { time: MovedTime; clock: GuardedClock } {
  const time = new MovedTime(START);
  return { time, clock: new GuardedClock(TOLERANCE, time) };
}

const CERTAIN = (seconds: number): Moment => momentBetween(seconds * 1000, seconds * 1000);

describe('a guarded clock', () => {
  it('says what the machine says, while that goes on as time does', () => {
    const { time, clock } = guarded();
    expect(clock.moment()).toEqual(CERTAIN(START));
    time.pass(86_400);
    expect(clock.moment()).toEqual(CERTAIN(START + 86_400));
    expect(clock.doubt()).toBeUndefined();
  });

  it.each([1, TOLERANCE])('follows a correction of %d seconds ahead at once', (seconds) => {
    const { time, clock } = guarded();
    time.set(START + seconds);
    expect(clock.moment()).toEqual(CERTAIN(START + seconds));
  });

  it('stands still through a correction back within the tolerance, and never goes back', () => {
    const { time, clock } = guarded();
    time.pass(10);
    expect(clock.nowSeconds()).toBe(START + 10);
    time.set(START - 90);
    expect(clock.moment()).toEqual(CERTAIN(START + 10));
    time.pass(100);
    expect(clock.moment()).toEqual(CERTAIN(START + 10));
    time.pass(1);
    expect(clock.moment()).toEqual(CERTAIN(START + 11));
  });

  it('is in doubt further back, and counts on by the time that passes', () => {
    const { time, clock } = guarded();
    time.set(START - TOLERANCE - 1);
    expect(clock.moment()).toEqual({ ...CERTAIN(START), isBehind: true });
    expect(clock.doubt()).toMatch(/behind/);
    time.pass(86_400);
    expect(clock.moment()).toEqual({ ...CERTAIN(START + 86_400), isBehind: true });
    time.set(START + 86_400);
    expect(clock.moment()).toEqual(CERTAIN(START + 86_400));
    expect(clock.doubt()).toBeUndefined();
  });

  it('adds up many small steps back, which would slow it down unnoticed', () => {
    const { time, clock } = guarded();
    time.pass(TOLERANCE);
    time.set(START);
    expect(clock.moment().isBehind).toBe(false);
    time.pass(TOLERANCE * 2);
    time.set(START + TOLERANCE);
    expect(clock.moment().isBehind).toBe(true);
  });

  it('believes a jump ahead only after it has gone on in step for as long as the tolerance', () => {
    const { time, clock } = guarded();
    time.set(START + 86_400);
    expect(clock.moment()).toEqual(momentBetween(START * 1000, (START + 86_400) * 1000));
    expect(clock.doubt()).toMatch(/ahead/);
    time.pass(TOLERANCE - 1);
    expect(clock.moment().seconds).toBe(START + TOLERANCE - 1);
    time.pass(1);
    expect(clock.moment()).toEqual(CERTAIN(START + 86_400 + TOLERANCE));
    expect(clock.doubt()).toBeUndefined();
  });

  it('forgets a jump ahead that was taken back, and has lost nothing by it', () => {
    const { time, clock } = guarded();
    time.set(START + 10 * 365 * 86_400);
    expect(clock.nowSeconds()).toBe(START);
    time.pass(TOLERANCE - 1);
    expect(clock.nowSeconds()).toBe(START + TOLERANCE - 1);
    time.set(START + TOLERANCE - 1);
    expect(clock.moment()).toEqual(CERTAIN(START + TOLERANCE - 1));
  });

  it('begins anew to wait when a clock that is ahead jumps again', () => {
    const { time, clock } = guarded();
    time.set(START + 86_400);
    clock.nowSeconds();
    time.pass(TOLERANCE - 1);
    time.set(START + 2 * 86_400);
    clock.nowSeconds();
    time.pass(TOLERANCE - 1);
    expect(clock.moment().seconds).toBe(START + 2 * (TOLERANCE - 1));
    time.pass(1);
    expect(clock.moment().seconds).toBe(START + 2 * 86_400 + TOLERANCE);
  });
});

describe('a guarded clock that goes on from a kept time', () => {
  it('takes what the machine says, however long nothing ran', () => {
    const { clock } = guarded();
    clock.goOnFrom((START - 365 * 86_400) * 1000);
    expect(clock.moment()).toEqual(CERTAIN(START));
  });

  it('stands still while the machine is behind it within the tolerance', () => {
    const { clock } = guarded();
    clock.goOnFrom((START + TOLERANCE) * 1000);
    expect(clock.moment()).toEqual(CERTAIN(START + TOLERANCE));
  });

  it('is in doubt when the machine is further behind', () => {
    const { time, clock } = guarded();
    clock.goOnFrom((START + 86_400) * 1000);
    time.pass(1);
    expect(clock.moment()).toEqual({ ...CERTAIN(START + 86_401), isBehind: true });
  });
});
