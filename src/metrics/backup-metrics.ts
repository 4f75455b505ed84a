import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * Shows how old the newest backup is, and returns what counts attempts. The age is missing until there is one.
 *
 * @param backups when the newest was made, in milliseconds since the epoch
 */
export function watchBackups(
  registry: Registry,
  backups: { readonly newest: () => number | undefined },
  clock: { nowMilliseconds(): number },
): (outcome: 'made' | 'failed') => void {
  const registers = [registry];
  new Gauge({
    name: 'kms_backup_age_seconds',
    help: 'How long ago the newest backup in BACKUP_DIR was made; missing while there is none',
    registers,
    // Without a label a gauge would show 0 at first.
    labelNames: ['folder'],
    collect() {
      const newest = backups.newest();
      this.reset();
      if (newest !== undefined) this.set({ folder: 'BACKUP_DIR' }, (clock.nowMilliseconds() - newest) / 1000);
    },
  });
  const attempts = new Counter({
    name: 'kms_backups_total',
    help: 'Backups of the schedule, by what became of them',
    registers,
    labelNames: ['outcome'],
  });
  for (const outcome of ['made', 'failed']) attempts.inc({ outcome }, 0);
  return (outcome) => {
    attempts.inc({ outcome });
  };
}
