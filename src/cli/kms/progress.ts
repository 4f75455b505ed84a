import { shownNumber } from '../../audit/verify/finding.js';
import type { Terminal } from './terminal.js';

/** How often somebody is told how far it is. */
const WATCHED_MS = 1_000;
const UNWATCHED_MS = 10_000;

/** Tells how many entries were read, now and then. */
export function progressTo({ error, isTerminal = false }: Terminal): (entries: number) => void {
  const every = isTerminal ? WATCHED_MS : UNWATCHED_MS;
  let last = performance.now();
  return (entries) => {
    const now = performance.now();
    if (now - last < every) return;
    last = now;
    error(`read ${shownNumber(entries)} entries`);
  };
}
