import { ValidateBy, type ValidationArguments } from 'class-validator';
import { HUNDRED_YEARS_SECONDS } from '../../clock/hundred-years.js';

/** When each body was read: class-validator knows of no injected clock. */
const readAtSeconds = new WeakMap<object, number>();

/** To be called before a body is validated, with the clock's time. */
export function readAt(body: object, nowSeconds: number): void {
  readAtSeconds.set(body, nowSeconds);
}

/**
 * A body's time: whole seconds since 1970 as a JSON number, 0 being never. What lies more than a hundred years ahead is
 * refused, since somebody has sent milliseconds. The one decorator of every field that is a time.
 */
export function IsUnixSeconds(): PropertyDecorator {
  return ValidateBy({
    name: 'isUnixSeconds',
    validator: {
      validate: (value, about) => isWholeNumber(value) && value <= latest(about),
      defaultMessage: (about) => `${about?.property}: ${isWholeNumber(about?.value) ? TOO_FAR : NO_SECONDS}`,
    },
  });
}

const NO_SECONDS = 'must be a number, neither text nor a date: whole seconds, not milliseconds, since 1970, or 0';
const TOO_FAR = 'lies more than 100 years ahead: give seconds, not milliseconds, since 1970';

function isWholeNumber(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function latest(about: ValidationArguments | undefined): number {
  const now = about === undefined ? undefined : readAtSeconds.get(about.object);
  if (now === undefined) throw new Error('a time was validated without a clock');
  return now + HUNDRED_YEARS_SECONDS;
}
