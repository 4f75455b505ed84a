/** What lies further ahead than this was meant as milliseconds: no time that comes in is believed beyond it. */
export const HUNDRED_YEARS_SECONDS = 3_153_600_000;
