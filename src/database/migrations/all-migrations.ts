import { InitialSchema1763900000000 } from './1763900000000-initial-schema.js';
import { DropAuditClientIndex1763910000000 } from './1763910000000-drop-audit-client-index.js';

/** Every migration, oldest first. A landed migration is never edited: add the next one. */
export const migrations = [InitialSchema1763900000000, DropAuditClientIndex1763910000000] as const;
