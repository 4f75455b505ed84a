import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock/clock.js';
import { clientIdOf } from '../../crypto/bls0chain/client-id.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import type { UserId } from '../../identity/user-id.js';
import type { Wallet } from './wallet.js';

/** Makes the public description of a wallet from its client key. */
export class NewWallets {
  constructor(private readonly clock: Clock) {}

  /** @param clientKey 64 bytes, a valid public key */
  of(ownerId: UserId, clientKey: Uint8Array): Wallet {
    return {
      id: randomUUID(),
      ownerId,
      clientId: clientIdOf(clientKey),
      clientKeyHex: encodePublicKey(clientKey),
      createdAtMilliseconds: this.clock.nowMilliseconds(),
    };
  }
}
