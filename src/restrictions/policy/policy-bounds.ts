/** In the year 2286: whoever sends more has sent milliseconds. */
export const LATEST_SECONDS = 9_999_999_999;

/** 365 days. */
export const MAX_WINDOW_SECONDS = 31_536_000;
