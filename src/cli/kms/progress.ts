import { shownNumber } from '../../audit/verify/finding.js';
import type { Terminal } from './terminal.js';

/** How often somebody is told how far it is. */
const WATCHED_MS = 1_000;
const UNWATCHED_MS = 10_000;

/** Says whether it is time to tell again; the first time is a while after the beginning. */
export function nowAndThen({ isTerminal = false }: Terminal): () => boolean {
  const every = isTerminal ? WATCHED_MS : UNWATCHED_MS;
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < every) return false;
    last = now;
    return true;
  };
}

/** Tells how many entries were read, now and then. */
export function progressTo(terminal: Terminal): (entries: number) => void {
  const isTime = nowAndThen(terminal);
  return (entries) => {
    if (isTime()) terminal.error(`read ${shownNumber(entries)} entries`);
  };
}
