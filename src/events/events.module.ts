import { Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { StoredWords } from './stored-words.js';
import { WalletQuestions } from './wallet-questions.js';

/** The one bus on which the two halves hear of each other, and the places where they ask and are asked. */
@Module({
  providers: [
    { provide: EventBus, useFactory: () => new EventBus() },
    { provide: WalletQuestions, useFactory: () => new WalletQuestions() },
    { provide: StoredWords, useFactory: () => new StoredWords() },
  ],
  exports: [EventBus, StoredWords, WalletQuestions],
})
export class EventsModule {}
