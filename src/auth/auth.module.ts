import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { SigningConfiguration, SplitKeyConfiguration } from '../config/configuration.js';
import type { RingSources } from '../data-keys/ring-sources.js';
import { EventsModule } from '../events/events.module.js';
import { HttpModule } from '../http/http.module.js';
import { AuthSealingModule } from './auth-sealing.module.js';
import { CurveWorkers } from './curve-workers/curve-workers.js';
import { DeleteSharesController } from './delete-shares/delete-shares.controller.js';
import { DeleteShares } from './delete-shares/delete-shares.js';
import { EraseExpired } from './erase-expired/erase-expired.js';
import { AuthRecordReader } from './persistence/auth-record-reader.js';
import { CountRow } from './persistence/counts/count.entity.js';
import { CounterRow } from './persistence/counts/counter.entity.js';
import { CountSlices } from './persistence/counts/count-slices.js';
import { EvaluatePolicyController } from './evaluate-policy/evaluate-policy.controller.js';
import { EvaluatePolicy } from './evaluate-policy/evaluate-policy.js';
import { PolicyPreviews } from './persistence/policy-previews.js';
import { SimulatePolicyController } from './simulate-policy/simulate-policy.controller.js';
import { SimulatePolicy } from './simulate-policy/simulate-policy.js';
import { FreezeWalletController } from './freeze-wallet/freeze-wallet.controller.js';
import { FreezeWallet } from './freeze-wallet/freeze-wallet.js';
import { SetFrozen } from './freezing/set-frozen.js';
import { FindOwned } from './persistence/find-owned.js';
import { CREATION_SKEW_SECONDS, MOST_SPLIT_KEYS, SIGNING_CONFIGURATION, TXN_VERIFICATION } from './injection-tokens.js';
import { FollowVault } from './follow-vault/follow-vault.js';
import { FreezeRow } from './persistence/freeze.entity.js';
import { Freezes } from './persistence/freezes.js';
import { PolicyRevisionRow } from './persistence/policy-revision.entity.js';
import { ServerShareRow } from './persistence/server-share.entity.js';
import { SharePolicies } from './persistence/share-policies.js';
import { ServerShareRepository } from './persistence/server-share.repository.js';
import { SqliteSigningJournal } from './persistence/sqlite-signing-journal.js';
import { ForgetCounts } from './forget-counts/forget-counts.js';
import { ListRevisionsController } from './list-revisions/list-revisions.controller.js';
import { ListRevisions } from './list-revisions/list-revisions.js';
import { FindReadable } from './persistence/find-readable.js';
import { PolicyRevisionList } from './persistence/policy-revision-list.js';
import { CountChecks } from './persistence/counts/check-counts.js';
import { ShownUsage } from './persistence/counts/shown-usage.js';
import { ReadPolicyController } from './read-policy/read-policy.controller.js';
import { ReadPolicy } from './read-policy/read-policy.js';
import { ReadTemplatesController } from './read-templates/read-templates.controller.js';
import { ReplacePolicyController } from './replace-policy/replace-policy.controller.js';
import { ReplacePolicy } from './replace-policy/replace-policy.js';
import { ReadKeyController } from './read-key/read-key.controller.js';
import { ReadKey } from './read-key/read-key.js';
import { RestrictShareController } from './restrict-share/restrict-share.controller.js';
import { RestrictShare } from './restrict-share/restrict-share.js';
import { RevokeShareController } from './revoke-share/revoke-share.controller.js';
import { RevokeShare } from './revoke-share/revoke-share.js';
import { SetUpController } from './set-up/set-up.controller.js';
import { SetUp } from './set-up/set-up.js';
import { SignMessageController } from './sign-message/sign-message.controller.js';
import { SignMessage } from './sign-message/sign-message.js';
import { SignTransactionController } from './sign-transaction/sign-transaction.controller.js';
import { SignTransaction } from './sign-transaction/sign-transaction.js';
import { CoSigner } from './signing/co-signer.js';
import { DryRun } from './signing/dry-run.js';
import { SigningAdmission } from './signing/signing-admission.js';
import { SigningJournal } from './signing/signing-journal.js';
import { SigningLedger } from './signing/signing-ledger.js';
import { SigningTime } from './signing/signing-time.js';
import { CountFirst } from './terms/count-first.js';
import { ChangeTerms } from './terms/change-terms.js';
import { DescribePolicy } from './terms/describe-policy.js';
import { SplitKeyRate } from './signing/split-key-rate.js';
import { ThawWalletController } from './thaw-wallet/thaw-wallet.controller.js';
import { ThawWallet } from './thaw-wallet/thaw-wallet.js';
import { SignWithBothHalves } from './signing/sign-with-both-halves.js';

/** ZAuth: keeps server shares and adds the second, hidden signature. */
@Module({
  imports: [
    TypeOrmModule.forFeature([ServerShareRow, PolicyRevisionRow, CounterRow, CountRow, FreezeRow]),
    EventsModule,
    HttpModule,
  ],
  controllers: [
    SignMessageController,
    SignTransactionController,
    ReadKeyController,
    SetUpController,
    RestrictShareController,
    RevokeShareController,
    DeleteSharesController,
    FreezeWalletController,
    ThawWalletController,
    ReadTemplatesController,
    ReadPolicyController,
    ReplacePolicyController,
    EvaluatePolicyController,
    SimulatePolicyController,
    ListRevisionsController,
  ],
  providers: [
    ServerShareRepository,
    { provide: SigningJournal, useClass: SqliteSigningJournal },
    FindOwned,
    FindReadable,
    PolicyRevisionList,
    ShownUsage,
    CountChecks,
    SharePolicies,
    ChangeTerms,
    CountFirst,
    DescribePolicy,
    FollowVault,
    CurveWorkers,
    CoSigner,
    SigningLedger,
    SigningTime,
    SignWithBothHalves,
    DryRun,
    SigningAdmission,
    SplitKeyRate,
    SignMessage,
    SignTransaction,
    ReadKey,
    SetUp,
    RestrictShare,
    RevokeShare,
    DeleteShares,
    Freezes,
    SetFrozen,
    FreezeWallet,
    ThawWallet,
    ReadPolicy,
    ReplacePolicy,
    EvaluatePolicy,
    SimulatePolicy,
    PolicyPreviews,
    ListRevisions,
    EraseExpired,
    CountSlices,
    ForgetCounts,
    AuthRecordReader,
  ],
})
export class AuthModule {
  /** @param shared engine and wire, which ZVault has too: the same modules, not others made alike */
  static of(
    configuration: SigningConfiguration &
      Pick<SplitKeyConfiguration, 'txnVerification' | 'txnCreationSkewSeconds' | 'maxSplitKeysPerWallet'>,
    rings: Pick<RingSources, 'auth'>,
    shared: readonly DynamicModule[],
  ): DynamicModule {
    const { blsEngine, signingWorkers, signingBatchMax, signingQueueMax, txnVerification } = configuration;
    const signing: SigningConfiguration = { blsEngine, signingWorkers, signingBatchMax, signingQueueMax };
    return {
      module: AuthModule,
      imports: [AuthSealingModule.of(rings), ...shared],
      providers: [
        { provide: SIGNING_CONFIGURATION, useValue: signing },
        { provide: TXN_VERIFICATION, useValue: txnVerification },
        { provide: CREATION_SKEW_SECONDS, useValue: configuration.txnCreationSkewSeconds },
        { provide: MOST_SPLIT_KEYS, useValue: configuration.maxSplitKeysPerWallet },
      ],
    };
  }
}
