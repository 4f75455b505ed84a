/** A place in the week, by the clocks of some zone. */
export interface LocalTime {
  /** 0 is Monday, as in `DAYS`. */
  readonly dayIndex: number;
  /** Since the local day began by the clock, 0 to 1439. */
  readonly minute: number;
}

/** As the formatter writes them, in the order of `DAYS`. */
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Names have neither offsets (`+01:00`), which are no zones of the IANA, nor anything that had to be escaped. */
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}$/;
const MOST_CHARACTERS = 64;

/**
 * Making one costs a hundred times as much as using it. There are some hundred zones, whose names Node takes in any
 * letter case: one entry for all spellings keeps the number bounded.
 */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether Node knows this zone, by any of its names. */
export function isTimeZone(name: string): boolean {
  if (name.length > MOST_CHARACTERS || !ZONE_NAME.test(name)) return false;
  try {
    return formatterOf(name).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * What the clocks of a zone show, by its rules of that time: an hour that is skipped is never shown, one that is
 * repeated is shown twice. Seconds do not matter, since no zone of today differs from UTC by less than minutes.
 *
 * @param timeZone as {@link isTimeZone} has it
 */
export function localTime(milliseconds: number, timeZone: string): LocalTime {
  let dayIndex = -1;
  let minute = 0;
  for (const { type, value } of formatterOf(timeZone).formatToParts(milliseconds)) {
    if (type === 'weekday') dayIndex = WEEKDAYS.indexOf(value);
    else if (type === 'hour') minute += 60 * Number(value);
    else if (type === 'minute') minute += Number(value);
  }
  return { dayIndex, minute };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const key = timeZone.toLowerCase();
  const kept = formatters.get(key);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(key, made);
  return made;
}
