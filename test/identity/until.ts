import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when `holds` does. What never comes to hold is Jest's time-out to tell. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}
