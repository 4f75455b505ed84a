import { Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { WalletQuestions } from './wallet-questions.js';

/** The one bus on which the two halves hear of each other, and the one place where they ask. */
@Module({
  providers: [
    { provide: EventBus, useFactory: () => new EventBus() },
    { provide: WalletQuestions, useFactory: () => new WalletQuestions() },
  ],
  exports: [EventBus, WalletQuestions],
})
export class EventsModule {}
