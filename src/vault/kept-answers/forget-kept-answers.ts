import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { Sweeper } from '../../sweeping/sweeper.js';
import { KeptAnswerRepository } from '../persistence/kept-answer.repository.js';
import { KEPT_MS } from './kept-answers.js';

/** In one short write. */
const MOST_AT_ONCE = 200;

/** Removes kept answers when their day is over. Not recorded: they are copies. */
@Injectable()
export class ForgetKeptAnswers implements OnModuleInit {
  constructor(
    private readonly sweeper: Sweeper,
    private readonly kept: KeptAnswerRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.add('kept answers', () => this.execute());
  }

  /** A batch of them; says how many. */
  execute(): Promise<number> {
    return this.kept.forgetOld(this.clock.nowMilliseconds() - KEPT_MS, MOST_AT_ONCE);
  }
}
