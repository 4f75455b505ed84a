import { Gauge, type Registry } from 'prom-client';

/** What is told of a checkpoint. */
interface ToldCheckpoint {
  readonly size: number;
  readonly atMilliseconds: number;
}

/** What is told of a witness. */
interface ToldWitness {
  readonly name: string;
  readonly size: number | undefined;
  readonly cosignedAtMilliseconds: number | undefined;
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

  /** Shows how far each witness has seen the record, and how long ago it said so. */
  watchWitnesses(witnesses: readonly ToldWitness[], clock: { nowMilliseconds(): number }): void {
    const [registers, labelNames] = [[this.registry], ['witness']];
    new Gauge({
      name: 'kms_record_witness_size',
      help: 'Entries of the record that a witness has cosigned; 0 when there are none',
      registers,
      labelNames,
      collect() {
        for (const { name, size = 0 } of witnesses) this.set({ witness: name }, size);
      },
    });
    new Gauge({
      name: 'kms_record_witness_age_seconds',
      help: 'How long ago a witness cosigned a checkpoint; absent when it has not since the start',
      registers,
      labelNames,
      collect() {
        for (const { name, cosignedAtMilliseconds: at } of witnesses) {
          if (at !== undefined) this.set({ witness: name }, (clock.nowMilliseconds() - at) / 1000);
        }
      },
    });
  }
}
