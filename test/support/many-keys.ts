import { randomBytes, randomUUID } from 'node:crypto';
import type { PublicKeyHex } from '../../src/crypto/key-names.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import type { UserId } from '../../src/identity/user-id.js';
import type { ClientId } from '../../src/crypto/key-names.js';
import { SplitKeyRepository } from '../../src/vault/persistence/split-key.repository.js';
import { WalletRepository } from '../../src/vault/persistence/wallet.repository.js';
import type { TestServer } from './test-server.js';

/** A split key that was put straight into the vault: as `/keys` shows it, as far as it tells one from another. */
export interface PlacedKey {
  readonly public_key: string;
  readonly private_key: string;
}

/**
 * Puts split keys into a wallet as ZVault keeps them, sealed by its own repository in one transaction. Their public keys
 * are no points of the curve and no half of them is ZAuth's: lists look at neither.
 */
export async function placeKeys(
  { app, clock }: TestServer,
  owner: string,
  clientId: string,
  count: number,
  sharedTo?: string,
): Promise<PlacedKey[]> {
  const splitKeys = app.get(SplitKeyRepository);
  const placed: PlacedKey[] = [];
  await app.get(SqliteUnitOfWork).write(async (transaction) => {
    const wallet = await app.get(WalletRepository).find(owner as UserId, clientId as ClientId, transaction);
    if (wallet === undefined) throw new Error('the owner has no such wallet');
    for (let made = 0; made < count; made++) {
      const [userPublicKeyHex, serverPublicKeyHex] = [randomName(), randomName()];
      const share = randomBytes(32);
      placed.push({ public_key: userPublicKeyHex, private_key: share.toString('hex') });
      const splitKey = {
        id: randomUUID(),
        walletId: wallet.id,
        ownerId: wallet.ownerId,
        clientId: wallet.clientId,
        clientKeyHex: wallet.clientKeyHex,
        userPublicKeyHex,
        serverPublicKeyHex,
        policy: {},
        sharedTo: sharedTo as UserId | undefined,
        sharedAtSeconds: sharedTo === undefined ? 0 : clock.nowSeconds(),
        declinedAtSeconds: 0,
        isRevoked: false,
        createdAtSeconds: clock.nowSeconds(),
        expiresAtSeconds: 0,
      } as const;
      await splitKeys.add({ splitKey, userShare: new SecretBytes(share) }, transaction);
    }
  });
  return placed;
}

const randomName = (): PublicKeyHex => randomBytes(64).toString('hex') as PublicKeyHex;
