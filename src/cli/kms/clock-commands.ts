import type { Command } from 'commander';
import { acceptTime } from '../../audit/accept-time.js';
import type { AcceptedTime } from '../../audit/accept-time.js';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import { addLeaf, tell } from './leaf.js';
import type { Told } from './leaf.js';
import { orCannot } from './or-cannot.js';
import type { Surroundings } from './terminal.js';

const NOTES = `While the service is stopped. What had expired between the two times is valid again. Recorded.`;

/** Adds `kms clock accept`. */
export function addClockCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  const clock = program.command('clock').description('the time, as the service believes it');
  addLeaf(clock, {
    name: 'accept',
    description: 'has the service believe the machine’s clock again, which is behind what it believed',
    example: 'clock accept',
    notes: NOTES,
    exit: { 0: 'the clock is believed', 2: 'nothing was changed' },
  }).action(async ({ json }: { readonly json?: true }) => {
    const run = async (): Promise<number> => {
      const configuration = loadConfiguration(around.environment);
      const { txnVerification } = configuration;
      const now = around.clock ?? new SystemClock();
      const accepted = await onStoppedDatabase(configuration, around.error, (database) =>
        acceptTime(database, now, txnVerification),
      );
      tell(around, json, told(accepted));
      return 0;
    };
    exit(await orCannot(around, 'accept the time', run));
  });
}

function told(accepted: AcceptedTime | undefined): Told {
  if (accepted === undefined) {
    return { lines: ['the clock is not behind: nothing was changed'], json: { changed: false } };
  }
  const [now, before] = [accepted.now, accepted.before].map((time) => new Date(time).toISOString());
  return {
    lines: [
      `accepted ${String(now)}; until now ${String(before)} was believed. Split keys that expired in between sign again`,
    ],
    json: { changed: true, before, now },
  };
}
