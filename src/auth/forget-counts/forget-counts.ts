import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweeper } from '../../sweeping/sweeper.js';
import { CountSlices } from '../persistence/counts/count-slices.js';

/** In one short write: some three milliseconds. */
const MOST_AT_ONCE = 500;

/** Deletes what was counted of split keys that are gone. Not recorded: it is made of the record, and can be made again. */
@Injectable()
export class ForgetCounts implements OnModuleInit {
  constructor(
    private readonly sweeper: Sweeper,
    private readonly counts: CountSlices,
  ) {}

  onModuleInit(): void {
    this.sweeper.add('counts of deleted split keys', () => this.execute(), { destroys: false });
  }

  /** A batch of them; says how many. */
  execute(): Promise<number> {
    return this.counts.deleteLetGo(MOST_AT_ONCE);
  }
}
