import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { LeanRoutes } from './lean-routes.js';
import { Refusals } from './refusals.js';

/** What answers have in common, whichever way a route is served. */
@Global()
@Module({
  imports: [IdentityModule],
  providers: [Refusals, LeanRoutes],
  exports: [Refusals, LeanRoutes],
})
export class HttpModule {}
