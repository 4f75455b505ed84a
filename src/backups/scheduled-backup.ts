/** What the child process is told. */
export interface ScheduledBackup {
  /** The path of the database's file. */
  readonly database: string;
  readonly file: string;
  /** Of age: who can open it. */
  readonly recipients: readonly string[];
}

/** What a backup holds, for the record. */
export interface HeldByBackup {
  readonly entries: number;
  /** As `SIZE:ROOT`. */
  readonly checkpoint: string | null;
  readonly bytes: number;
}

/** What the child process says. */
export type BackupOutcome =
  { readonly made: true; readonly holds: HeldByBackup } | { readonly made: false; readonly why: string };
