import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Moment } from '../../clock/clock.js';
import { CREATION_SKEW_SECONDS } from '../injection-tokens.js';

/** What time it is, and what the service says of time for every key. */
export interface SigningMoment extends Moment {
  /** How far ahead of now a transaction's creation date may be; 0 = as far as it likes. */
  readonly creationSkewSeconds: number;
}

/** When something is judged, the same for both times that it is. */
@Injectable()
export class SigningTime {
  constructor(
    private readonly clock: Clock,
    @Inject(CREATION_SKEW_SECONDS) private readonly creationSkewSeconds: number,
  ) {}

  now(): SigningMoment {
    return { ...this.clock.moment(), creationSkewSeconds: this.creationSkewSeconds };
  }
}
