import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { LeanRoutes } from './lean-routes.js';
import { ListAnswers } from './list-answers.js';
import { Refusals } from './refusals.js';

/** What answers have in common, whichever way a route is served. */
@Global()
@Module({
  imports: [IdentityModule],
  providers: [Refusals, LeanRoutes, ListAnswers],
  exports: [Refusals, LeanRoutes, ListAnswers],
})
export class HttpModule {}
