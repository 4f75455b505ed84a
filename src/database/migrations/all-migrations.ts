import { InitialSchema1763900000000 } from './1763900000000-initial-schema.js';
import { DropAuditClientIndex1763910000000 } from './1763910000000-drop-audit-client-index.js';
import { ListIndexes1764061200000 } from './1764061200000-list-indexes.js';
import { AuditClientRequestId1764070000000 } from './1764070000000-audit-client-request-id.js';
import { AuditFacts1764400000000 } from './1764400000000-audit-facts.js';
import { BelievedTime1764500000000 } from './1764500000000-believed-time.js';
import { ErasedShares1764410000000 } from './1764410000000-erased-shares.js';
import { PendingWallets1764420000000 } from './1764420000000-pending-wallets.js';
import { LiveKeys1764300000000 } from './1764300000000-live-keys.js';
import { KeptAnswers1764510000000 } from './1764510000000-kept-answers.js';
import { LentKeys1764430000000 } from './1764430000000-lent-keys.js';
import { SigningDecisions1764600000000 } from './1764600000000-signing-decisions.js';
import { SignatureCounts1764710000000 } from './1764710000000-signature-counts.js';
import { SplitKeyTerms1764720000000 } from './1764720000000-split-key-terms.js';
import { SigningHistoryIndex1764730000000 } from './1764730000000-signing-history-index.js';
import { LentServerShares1764740000000 } from './1764740000000-lent-server-shares.js';
import { WholeEntries1764750000000 } from './1764750000000-whole-entries.js';
import { LogCheckpoints1764770000000 } from './1764770000000-log-checkpoints.js';
import { EntriesOfDecisions1764785000000 } from './1764785000000-entries-of-decisions.js';
import { RecordOfWallets1764790000000 } from './1764790000000-record-of-wallets.js';
import { Cosignatures1764795000000 } from './1764795000000-cosignatures.js';
import { Freezes1764800000000 } from './1764800000000-freezes.js';
import { DataKeys1764850000000 } from './1764850000000-data-keys.js';
import { KeyWrappings1764900000000 } from './1764900000000-key-wrappings.js';
import { AuthenticatedRows1764910000000 } from './1764910000000-authenticated-rows.js';
import { AuthenticatedCounts1764920000000 } from './1764920000000-authenticated-counts.js';
import { ToldRows1764925000000 } from './1764925000000-told-rows.js';
import { RecordTree1764760000000 } from './1764760000000-record-tree.js';

/** Every migration, oldest first. A landed migration is never edited: add the next one. */
export const migrations = [
  InitialSchema1763900000000,
  DropAuditClientIndex1763910000000,
  ListIndexes1764061200000,
  AuditClientRequestId1764070000000,
  AuditFacts1764400000000,
  BelievedTime1764500000000,
  ErasedShares1764410000000,
  PendingWallets1764420000000,
  LiveKeys1764300000000,
  KeptAnswers1764510000000,
  LentKeys1764430000000,
  SigningDecisions1764600000000,
  SignatureCounts1764710000000,
  SplitKeyTerms1764720000000,
  SigningHistoryIndex1764730000000,
  LentServerShares1764740000000,
  WholeEntries1764750000000,
  RecordTree1764760000000,
  LogCheckpoints1764770000000,
  EntriesOfDecisions1764785000000,
  RecordOfWallets1764790000000,
  Cosignatures1764795000000,
  Freezes1764800000000,
  DataKeys1764850000000,
  KeyWrappings1764900000000,
  AuthenticatedRows1764910000000,
  AuthenticatedCounts1764920000000,
  ToldRows1764925000000,
] as const;
