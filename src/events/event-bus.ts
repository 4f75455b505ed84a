import type { Transaction } from '../database/transaction.js';
import type { DomainEvent, DomainEventOf } from './domain-events.js';

/** Writes what the event asks for in the publisher's transaction. Throwing undoes the publisher's work too. */
export type EventHandler<Event extends DomainEvent> = (event: Event, transaction: Transaction) => Promise<void>;

/**
 * The in-process bus between ZVault and ZAuth.
 *
 * Not a queue: publishing calls the handlers one after the other inside the publisher's transaction, so both
 * halves of a split key change together or not at all. An event that nobody handles is refused for the same
 * reason.
 */
export class EventBus {
  readonly #handlers = new Map<DomainEvent['type'], EventHandler<DomainEvent>[]>();

  /** Registers a handler; called once per handler, when the module starts. */
  on<Type extends DomainEvent['type']>(type: Type, handler: EventHandler<DomainEventOf<Type>>): void {
    const handlers = this.#handlers.get(type) ?? [];
    handlers.push((event, transaction) => handler(event as DomainEventOf<Type>, transaction));
    this.#handlers.set(type, handlers);
  }

  /** Resolves when every handler has written; rejects with the first handler's error. */
  async publish(event: DomainEvent, transaction: Transaction): Promise<void> {
    const handlers = this.#handlers.get(event.type) ?? [];
    if (handlers.length === 0) throw new Error(`nobody handles the event ${event.type}`);
    for (const handle of handlers) await handle(event, transaction);
  }
}
