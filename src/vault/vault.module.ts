import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import { CreateWalletController } from './create-wallet/create-wallet.controller.js';
import { CreateWallet } from './create-wallet/create-wallet.js';
import { DeleteWalletController } from './delete-wallet/delete-wallet.controller.js';
import { DeleteWallet } from './delete-wallet/delete-wallet.js';
import { NewWallets } from './domain/new-wallets.js';
import { FollowAuth } from './follow-auth/follow-auth.js';
import { GenerateController } from './generate/generate.controller.js';
import { Generate } from './generate/generate.js';
import { ListKeysController } from './list-keys/list-keys.controller.js';
import { ListKeys } from './list-keys/list-keys.js';
import { ListSharedController } from './list-shared/list-shared.controller.js';
import { ListShared } from './list-shared/list-shared.js';
import { ListWalletsController } from './list-wallets/list-wallets.controller.js';
import { ListWallets } from './list-wallets/list-wallets.js';
import { ListCursors } from './lists/list-cursors.js';
import { Listings } from './lists/listings.js';
import { SplitKeyLists } from './persistence/split-key-lists.js';
import { SplitKeyRow } from './persistence/split-key.entity.js';
import { SplitKeyRepository } from './persistence/split-key.repository.js';
import { WalletRow } from './persistence/wallet.entity.js';
import { WalletRepository } from './persistence/wallet.repository.js';
import { CatalogueController } from './restrict-key/catalogue.controller.js';
import { ReadRestrictions } from './restrict-key/read-restrictions.js';
import { RestrictKey } from './restrict-key/restrict-key.js';
import { RestrictionsController } from './restrict-key/restrictions.controller.js';
import { RevokeKeyController } from './revoke-key/revoke-key.controller.js';
import { RevokeKey } from './revoke-key/revoke-key.js';
import { ShareKeyController } from './share-key/share-key.controller.js';
import { ShareKey } from './share-key/share-key.js';
import { SplitKeyController } from './split-key/split-key.controller.js';
import { SplitKey } from './split-key/split-key.js';
import { StoreKeyController } from './store-key/store-key.controller.js';
import { StoreKey } from './store-key/store-key.js';

/** ZVault: keeps master keys, makes, shares and revokes split keys. */
@Module({
  imports: [TypeOrmModule.forFeature([WalletRow, SplitKeyRow])],
  controllers: [
    CreateWalletController,
    StoreKeyController,
    ListWalletsController,
    DeleteWalletController,
    SplitKeyController,
    ListKeysController,
    RevokeKeyController,
    ShareKeyController,
    ListSharedController,
    RestrictionsController,
    CatalogueController,
    GenerateController,
  ],
  providers: [
    { provide: NewWallets, inject: [Clock], useFactory: (clock: Clock) => new NewWallets(clock) },
    WalletRepository,
    SplitKeyRepository,
    SplitKeyLists,
    ListCursors,
    Listings,
    CreateWallet,
    StoreKey,
    ListWallets,
    DeleteWallet,
    SplitKey,
    ListKeys,
    RevokeKey,
    ShareKey,
    ListShared,
    ReadRestrictions,
    RestrictKey,
    Generate,
    FollowAuth,
  ],
})
export class VaultModule {}
