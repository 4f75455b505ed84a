import { Global, Module } from '@nestjs/common';
import { LeanRoutes } from './lean/lean-routes.js';
import { ListAnswers } from './lists/list-answers.js';
import { Refusals } from './errors/refusals.js';

/** What answers have in common, whichever way a route is served. */
@Global()
@Module({
  providers: [Refusals, LeanRoutes, ListAnswers],
  exports: [Refusals, LeanRoutes, ListAnswers],
})
export class HttpModule {}
