import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Clock } from '../clock/clock.js';
import { DeclaredActions } from './errors/declared-actions.js';
import { RefusalLog } from './errors/refusal-log.js';
import { Refusals } from './errors/refusals.js';
import { LeanRoutes } from './lean/lean-routes.js';
import { ListAnswers } from './lists/list-answers.js';

/** What answers have in common, whichever way a route is served. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: RefusalLog, inject: [Clock], useFactory: (clock: Clock) => new RefusalLog(clock) },
    DeclaredActions,
    Refusals,
    LeanRoutes,
    ListAnswers,
  ],
  exports: [DeclaredActions, Refusals, LeanRoutes, ListAnswers],
})
export class HttpModule {}
