import { Gauge, type Registry } from 'prom-client';

/** What is told of a checkpoint. */
interface ToldCheckpoint {
  readonly size: number;
  readonly atMilliseconds: number;
}

/** How far the record is in its tree, and the tree in what was signed of it. Each is looked at when it is asked for. */
export class RecordMetrics {
  constructor(private readonly registry: Registry) {}

  /** Shows how many entries of the record are in its tree. */
  watchTree(tree: { readonly size: number }): void {
    new Gauge({
      name: 'kms_record_tree_size',
      help: 'Entries of the record that are in its Merkle tree',
      registers: [this.registry],
      collect() {
        this.set(tree.size);
      },
    });
  }

  /** Shows the newest checkpoint, and how old it is: that grows while nothing new is recorded. */
  watchCheckpoints(log: { readonly newest: ToldCheckpoint | undefined }, clock: { nowMilliseconds(): number }): void {
    const registers = [this.registry];
    new Gauge({
      name: 'kms_record_checkpoint_size',
      help: 'Entries that the newest checkpoint of the record has; 0 when there is none',
      registers,
      collect() {
        this.set(log.newest?.size ?? 0);
      },
    });
    new Gauge({
      name: 'kms_record_checkpoint_age_seconds',
      help: 'How long ago the newest checkpoint of the record was signed, with or without new entries since',
      registers,
      collect() {
        if (log.newest !== undefined) this.set((clock.nowMilliseconds() - log.newest.atMilliseconds) / 1000);
      },
    });
  }
}
