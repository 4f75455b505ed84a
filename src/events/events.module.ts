import { Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';

/** The one bus on which the two halves hear of each other. */
@Module({
  providers: [{ provide: EventBus, useFactory: () => new EventBus() }],
  exports: [EventBus],
})
export class EventsModule {}
