import { Global, Module } from '@nestjs/common';
import { Clock } from './clock/clock.js';
import { CONFIGURATION } from './config/configuration.js';
import type { KmsConfiguration } from './config/configuration.js';
import type { BlsEngine } from './crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from './crypto/create-engine.js';
import { assertKnownAnswers } from './crypto/bls0chain/known-answers.js';
import { systemRandomBytes } from './crypto/random-bytes.js';
import { BLS_ENGINE, RANDOM_BYTES } from './crypto/tokens.js';
import { EventBus } from './events/event-bus.js';
import { RefusalLog } from './http/errors/refusal-log.js';
import { WireRestrictions } from './wire/wire-restrictions.js';

/** What has no framework in it, made once for everybody: engine, sealers, bus. The clock comes from the starter. */
@Global()
@Module({
  providers: [
    { provide: BLS_ENGINE, inject: [CONFIGURATION], useFactory: provenEngine },
    { provide: RANDOM_BYTES, useValue: systemRandomBytes },
    { provide: EventBus, useFactory: () => new EventBus() },
    {
      provide: WireRestrictions,
      inject: [CONFIGURATION],
      useFactory: ({ sdkRestrictedMessages }: KmsConfiguration) => new WireRestrictions(sdkRestrictedMessages),
    },
    { provide: RefusalLog, inject: [Clock], useFactory: (clock: Clock) => new RefusalLog(clock) },
  ],
  exports: [BLS_ENGINE, RANDOM_BYTES, EventBus, WireRestrictions, RefusalLog],
})
export class FoundationModule {}

/** The configured engine. Both engines must give the known answers first: each is the other's witness. */
async function provenEngine({ blsEngine }: KmsConfiguration): Promise<BlsEngine> {
  const engines = [await createBlsEngine('herumi'), await createBlsEngine('noble')];
  engines.forEach(assertKnownAnswers);
  const chosen = engines.find(({ name }) => name === blsEngine);
  if (chosen === undefined) throw new Error('the configured engine was not created');
  return chosen;
}
