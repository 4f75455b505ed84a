import type { Command } from 'commander';
import { auditAcceptRollback } from './audit-accept-rollback.js';
import { auditArchive } from './audit-archive.js';
import type { ArchiveOptions } from './audit-archive.js';
import { auditExport } from './audit-export.js';
import type { ExportOptions } from './audit-export.js';
import { auditKey } from './audit-key.js';
import { auditProveQuiet } from './audit-prove-quiet.js';
import type { QuietOptions } from './audit-prove-quiet.js';
import { auditVerify } from './audit-verify.js';
import type { VerifyOptions } from './audit-verify.js';
import { addWitnessCommand } from './audit-witness.js';
import { addLeaf } from './leaf.js';
import { orCannot } from './or-cannot.js';
import { several } from './several.js';
import type { Surroundings } from './terminal.js';

const VERIFY_NOTES = `The key must be known beforehand: GET /audit/key answers it (its "checkpoints"). Whoever takes it out of what is to be
verified, or asks whoever could have changed that, has verified nothing.`;

const EXPORT_NOTES = `The folder holds the whole record, up to its newest checkpoint: public data, of everybody.`;

const ARCHIVE_NOTES = `For the service's own database (DATA_DIR, DATABASE), while it is stopped. The folder is an export, whose texts of these
entries are the only ones from then on. What names a split key in use stays. An entry of the record tells what went.`;

const ROLLBACK_NOTES = `For a newer database that is lost for good. What was revoked, frozen or restricted since then signs again: do it anew
before you serve. The log goes on under another name, and its first entry says what was lost.`;

const ARCHIVE_OPTION = ['--archive <folder>', 'the export that has the texts of entries that were archived'] as const;

/** Adds `kms audit …`. */
export function addAuditCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  const audit = program.command('audit').description('the record of all decisions, and what it can be shown to be');
  addLeaf(audit, {
    name: 'verify',
    description: 'shows that a record is the one that was signed, or which entry is the first that is not',
    example: 'audit verify data/kms.sqlite --vkey VKEY --checkpoints /kept/checkpoints',
    notes: VERIFY_NOTES,
    exit: { 0: 'nothing was found', 1: 'something was', 2: 'it could not be looked at' },
  })
    .argument('<record>', 'a database, a copy or that of a running service, or the folder of an export. Only read')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several while it changes', several)
    .option(
      '--checkpoints <file>',
      'checkpoints that were kept elsewhere, such as AUDIT_CHECKPOINT_FILE. Several',
      several,
    )
    .option('--times-vkey <vkey>', 'the key that cosigns checkpoints with the time. Several', several)
    .option(...ARCHIVE_OPTION)
    .option('--promise <header or file>', 'a promise of an entry, or a file with one a line. Several', several)
    .option('--promises-vkey <vkey>', 'the key that promises entries. Several', several)
    .option('--proof <file>', 'a proof of an entry (.tlog-proof). Several', several)
    .action(async (file: string, options: VerifyOptions) => {
      exit(await orCannot(around, `verify ${file}`, () => auditVerify(file, options, around)));
    });
  addLeaf(audit, {
    name: 'export',
    description: 'writes a record that holds as a folder of files, as C2SP tlog-tiles has them',
    example: 'audit export data/kms.sqlite /kept/2026 --vkey VKEY',
    notes: EXPORT_NOTES,
    exit: { 0: 'it was written', 1: 'the record does not hold', 2: 'it could not be read or written' },
  })
    .argument('<database>', 'the file of a database. It is only read')
    .argument('<folder>', 'that is made, or is empty')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option(...ARCHIVE_OPTION)
    .action(async (file: string, folder: string, options: ExportOptions) => {
      exit(await orCannot(around, `export ${file}`, () => auditExport(file, folder, options, around)));
    });
  addLeaf(audit, {
    name: 'prove-quiet',
    description: 'shows that no entry behind another one tells of a signature of a split key',
    example: 'audit prove-quiet USER_KEY data/kms.sqlite --since 4711 --vkey VKEY',
    notes: VERIFY_NOTES,
    exit: { 0: 'nothing was found', 1: 'something was', 2: 'it could not be looked at' },
  })
    .argument('<key>', 'the user key of the split key, 128 hexadecimal digits')
    .argument('<record>', 'a database, or the folder of an export')
    .requiredOption('--since <entry>', 'the id of the entry behind which it is to have been quiet')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option(...ARCHIVE_OPTION)
    .action(async (key: string, record: string, options: QuietOptions) => {
      exit(await orCannot(around, `verify ${record}`, () => auditProveQuiet(key, record, options, around)));
    });
  addLeaf(audit, {
    name: 'archive',
    description: 'takes old entries, which an export has, out of the database of the stopped service',
    example: 'audit archive /kept/2026 --older-than 365 --vkey VKEY',
    notes: ARCHIVE_NOTES,
    exit: {
      0: 'it was archived, or nothing is as old',
      1: 'record or export do not hold',
      2: 'it could not be read or written',
    },
  })
    .argument('<folder>', 'an export of this database, that has been verified')
    .requiredOption('--older-than <days>', 'how old an entry is at least that goes, in days')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option('--dry-run', 'says what would go, and changes nothing')
    .action(async (folder: string, options: ArchiveOptions) => {
      exit(await orCannot(around, 'archive', () => auditArchive(folder, options, around)));
    });
  addLeaf(audit, {
    name: 'key',
    description: 'shows the keys of the log that a running service answers; they are to be kept',
    example: 'audit key --url http://127.0.0.1:3000',
    exit: { 0: 'they were answered', 2: 'they were not' },
  })
    .requiredOption('--url <url>', 'where the service listens, such as http://127.0.0.1:3000')
    .action(async (options: { readonly url: string; readonly json?: true }) => {
      exit(await orCannot(around, `ask ${options.url}`, () => auditKey(options, around)));
    });
  addLeaf(audit, {
    name: 'accept-rollback',
    description: 'has the stopped service start on a database that is older than what is known of its log',
    example: 'audit accept-rollback 4711:aGVhZCBvZiB0aGUgbG9n',
    notes: ROLLBACK_NOTES,
    exit: { 0: 'it is accepted, and recorded', 2: 'nothing was changed' },
  })
    .argument('<head>', 'that the refused start named, as SIZE:ROOT or SIZE')
    .action(async (head: string, options: { readonly json?: true }) => {
      exit(await orCannot(around, 'accept the rollback', () => auditAcceptRollback(head, options, around)));
    });
  addWitnessCommand(audit, around, exit);
}
