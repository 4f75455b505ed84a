import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../clock/clock.js';
import type { SplitKeyConfiguration } from '../config/configuration.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { EventsModule } from '../events/events.module.js';
import { HttpModule } from '../http/http.module.js';
import { CreateWalletController } from './create-wallet/create-wallet.controller.js';
import { CreateWallet } from './create-wallet/create-wallet.js';
import { DeleteWalletController } from './delete-wallet/delete-wallet.controller.js';
import { DeleteWallet } from './delete-wallet/delete-wallet.js';
import { DestroyWallets } from './destroy-wallets/destroy-wallets.js';
import { NewWallets } from './domain/new-wallets.js';
import { FollowAuth } from './follow-auth/follow-auth.js';
import { ForgetKeptAnswers } from './kept-answers/forget-kept-answers.js';
import { KeptAnswers } from './kept-answers/kept-answers.js';
import { LegacyGenerateController } from './legacy-generate/legacy-generate.controller.js';
import { LegacyGenerate } from './legacy-generate/legacy-generate.js';
import { ListDeletedController } from './list-deleted/list-deleted.controller.js';
import { ListDeleted } from './list-deleted/list-deleted.js';
import { ListKeysController } from './list-keys/list-keys.controller.js';
import { ListKeys } from './list-keys/list-keys.js';
import { ListSharedController } from './list-shared/list-shared.controller.js';
import { ListShared } from './list-shared/list-shared.js';
import { ListWalletsController } from './list-wallets/list-wallets.controller.js';
import { ListWallets } from './list-wallets/list-wallets.js';
import { ListCursors } from './lists/list-cursors.js';
import { Listings } from './lists/listings.js';
import { PendingWallets } from './persistence/pending-wallets.js';
import { DeclinedShareRow } from './persistence/declined-share.entity.js';
import { LiveWallets } from './persistence/live-wallets.js';
import { LentKeys } from './persistence/lent-keys.js';
import { DeclineShareController } from './decline-share/decline-share.controller.js';
import { DeclineShare } from './decline-share/decline-share.js';
import { DamagedRows } from './persistence/damaged-rows.js';
import { KeptAnswerRow } from './persistence/kept-answer.entity.js';
import { KeptAnswerRepository } from './persistence/kept-answer.repository.js';
import { SplitKeyLists } from './persistence/split-key-lists.js';
import { SplitKeyRow } from './persistence/split-key.entity.js';
import { SplitKeyRepository } from './persistence/split-key.repository.js';
import { SealedWords } from './persistence/sealed-words.js';
import { VaultRecordReader } from './persistence/vault-record-reader.js';
import { WalletRow } from './persistence/wallet.entity.js';
import { WalletRepository } from './persistence/wallet.repository.js';
import { ReadCatalogueController } from './read-catalogue/read-catalogue.controller.js';
import { ReadRestrictions } from './read-restrictions/read-restrictions.js';
import { RestrictKey } from './restrict-key/restrict-key.js';
import { ReadRestrictionsController } from './read-restrictions/read-restrictions.controller.js';
import { RestrictKeyController } from './restrict-key/restrict-key.controller.js';
import { RevokeKeyController } from './revoke-key/revoke-key.controller.js';
import { RevokeKey } from './revoke-key/revoke-key.js';
import { ShareKeyController } from './share-key/share-key.controller.js';
import { ShowWords } from './show-words/show-words.js';
import { ShareKey } from './share-key/share-key.js';
import { MakeSplitKeyController } from './make-split-key/make-split-key.controller.js';
import { MakeSplitKey } from './make-split-key/make-split-key.js';
import { StoreKeyController } from './store-key/store-key.controller.js';
import { StoreKey } from './store-key/store-key.js';
import { KEY_TTL_SECONDS, QUOTAS, SHARE_LIMITS, TXN_VERIFICATION } from './injection-tokens.js';
import type { ShareLimits } from './injection-tokens.js';
import { UndeleteWalletController } from './undelete-wallet/undelete-wallet.controller.js';
import { UndeleteWallet } from './undelete-wallet/undelete-wallet.js';
import type { Quotas } from './domain/quotas.js';
import { VaultSealingModule } from './vault-sealing.module.js';

/** ZVault: keeps master keys, makes, shares and revokes split keys. */
@Module({
  imports: [
    TypeOrmModule.forFeature([WalletRow, SplitKeyRow, KeptAnswerRow, DeclinedShareRow]),
    EventsModule,
    HttpModule,
  ],
  controllers: [
    CreateWalletController,
    StoreKeyController,
    ListWalletsController,
    DeleteWalletController,
    UndeleteWalletController,
    ListDeletedController,
    MakeSplitKeyController,
    ListKeysController,
    RevokeKeyController,
    ShareKeyController,
    DeclineShareController,
    ListSharedController,
    ReadRestrictionsController,
    RestrictKeyController,
    ReadCatalogueController,
    LegacyGenerateController,
  ],
  providers: [
    { provide: NewWallets, inject: [Clock], useFactory: (clock: Clock) => new NewWallets(clock) },
    WalletRepository,
    PendingWallets,
    SplitKeyRepository,
    SplitKeyLists,
    DamagedRows,
    ListCursors,
    Listings,
    CreateWallet,
    StoreKey,
    ListWallets,
    DeleteWallet,
    UndeleteWallet,
    DestroyWallets,
    SealedWords,
    ShowWords,
    ListDeleted,
    MakeSplitKey,
    ListKeys,
    RevokeKey,
    ShareKey,
    DeclineShare,
    LentKeys,
    ListShared,
    ReadRestrictions,
    RestrictKey,
    LegacyGenerate,
    KeptAnswerRepository,
    KeptAnswers,
    ForgetKeptAnswers,
    FollowAuth,
    VaultRecordReader,
    LiveWallets,
  ],
})
export class VaultModule {
  /** @param shared engine and wire, which ZAuth has too: the same modules, not others made alike */
  static of(
    configuration: Pick<
      SplitKeyConfiguration,
      | 'keyTtlSeconds'
      | 'txnVerification'
      | 'maxWalletsPerUser'
      | 'maxSplitKeysPerWallet'
      | 'maxSharesToOneRecipient'
      | 'maxSharesPerSender'
    >,
    rings: Pick<RingSources, 'vault' | 'cursors' | 'requests'>,
    shared: readonly DynamicModule[],
  ): DynamicModule {
    const { keyTtlSeconds, maxWalletsPerUser, maxSplitKeysPerWallet } = configuration;
    const { maxSharesToOneRecipient: toOneRecipient, maxSharesPerSender: bySender } = configuration;
    const shareLimits: ShareLimits = { toOneRecipient, bySender };
    const quotas: Quotas = { walletsPerUser: maxWalletsPerUser, splitKeysPerWallet: maxSplitKeysPerWallet };
    return {
      module: VaultModule,
      imports: [VaultSealingModule.of(rings), ...shared],
      providers: [
        { provide: KEY_TTL_SECONDS, useValue: keyTtlSeconds },
        { provide: TXN_VERIFICATION, useValue: configuration.txnVerification },
        { provide: QUOTAS, useValue: quotas },
        { provide: SHARE_LIMITS, useValue: shareLimits },
      ],
    };
  }
}
