import { describe, expect, it } from '@jest/globals';
import type { ClientId, PublicKeyHex } from '../../src/crypto/key-names.js';
import { Transaction } from '../../src/database/transaction.js';
import type { ServerShareErased } from '../../src/events/domain-events.js';
import { EventBus } from '../../src/events/event-bus.js';
import type { UserId } from '../../src/identity/user-id.js';

const EVENT: ServerShareErased = {
  type: 'ServerShareErased',
  ownerId: 'alice' as UserId,
  clientId: 'c' as ClientId,
  userPublicKeyHex: 'k' as PublicKeyHex,
};
// The bus hands it on and looks at nothing in it.
const TRANSACTION = new (class extends Transaction {
  protected readonly engine = 'none';
})();

describe('the event bus', () => {
  it('refuses an event that nobody handles, since one half would change alone', async () => {
    const bus = new EventBus();
    bus.on('WalletDeleted', () => Promise.resolve());
    await expect(bus.publish(EVENT, TRANSACTION)).rejects.toThrow('nobody handles the event ServerShareErased');
  });

  it("calls every handler one after the other, in the publisher's transaction, before it resolves", async () => {
    const bus = new EventBus();
    const calls: unknown[] = [];
    for (const name of ['first', 'second']) {
      bus.on('ServerShareErased', async (event, transaction) => {
        calls.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        calls.push([name, event, transaction === TRANSACTION]);
      });
    }
    await bus.publish(EVENT, TRANSACTION);
    expect(calls).toEqual(['first begins', ['first', EVENT, true], 'second begins', ['second', EVENT, true]]);
  });

  it("rejects with the first failing handler's error and calls no further one", async () => {
    const bus = new EventBus();
    let calls = 0;
    bus.on('ServerShareErased', () => Promise.reject(new Error('the first one failed')));
    bus.on('ServerShareErased', () => {
      calls += 1;
      return Promise.resolve();
    });
    await expect(bus.publish(EVENT, TRANSACTION)).rejects.toThrow('the first one failed');
    expect(calls).toBe(0);
  });
});
