import { Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { RefusalLog } from './errors/refusal-log.js';
import { Refusals } from './errors/refusals.js';
import { LeanRoutes } from './lean/lean-routes.js';
import { ListAnswers } from './lists/list-answers.js';

/** What answers have in common, whichever way a route is served. */
@Module({
  providers: [
    { provide: RefusalLog, inject: [Clock], useFactory: (clock: Clock) => new RefusalLog(clock) },
    Refusals,
    LeanRoutes,
    ListAnswers,
  ],
  exports: [Refusals, LeanRoutes, ListAnswers],
})
export class HttpModule {}
