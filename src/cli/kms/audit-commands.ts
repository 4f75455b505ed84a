import type { Command } from 'commander';
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
import { orCannot } from './or-cannot.js';
import { several } from './several.js';
import type { Terminal } from './terminal.js';

const VERIFY_HELP = `
The key must be known beforehand: GET /audit/key answers it (its "checkpoints"). Whoever takes it out of what is to be
verified, or asks whoever could have changed that, has verified nothing.

Exit code: 0 nothing was found, 1 something was, 2 it could not be looked at.`;

const EXPORT_HELP = `
The folder holds the whole record, up to its newest checkpoint: public data, of everybody.

Exit code: 0 it was written, 1 the record does not hold, 2 it could not be read or written.`;

const ARCHIVE_HELP = `
For the service's own database (DATA_DIR, DATABASE), while it is stopped. The folder is an export, whose texts of these
entries are the only ones from then on. What names a split key in use stays. An entry of the record tells what went.

Exit code: 0 it was archived, or nothing is as old, 1 record or export do not hold, 2 it could not be read or written.`;

const ARCHIVE_OPTION = ['--archive <folder>', 'the export that has the texts of entries that were archived'] as const;

/** Adds `kms audit …`. */
export function addAuditCommands(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  const audit = program.command('audit').description('the record of all decisions, and what it can be shown to be');
  audit
    .command('verify')
    .description('shows that a record is the one that was signed, or which entry is the first that is not')
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
    .option('--json', 'writes what was found as JSON')
    .addHelpText('after', VERIFY_HELP)
    .action(async (file: string, options: VerifyOptions) => {
      exit(await orCannot(terminal, `verify ${file}`, () => auditVerify(file, options, terminal)));
    });
  audit
    .command('export')
    .description('writes a record that holds as a folder of files, as C2SP tlog-tiles has them')
    .argument('<database>', 'the file of a database. It is only read')
    .argument('<folder>', 'that is made, or is empty')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option(...ARCHIVE_OPTION)
    .addHelpText('after', EXPORT_HELP)
    .action(async (file: string, folder: string, options: ExportOptions) => {
      exit(await orCannot(terminal, `export ${file}`, () => auditExport(file, folder, options, terminal)));
    });
  audit
    .command('prove-quiet')
    .description('shows that no entry behind another one tells of a signature of a split key')
    .argument('<key>', 'the user key of the split key, 128 hexadecimal digits')
    .argument('<record>', 'a database, or the folder of an export')
    .requiredOption('--since <entry>', 'the id of the entry behind which it is to have been quiet')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option(...ARCHIVE_OPTION)
    .addHelpText('after', VERIFY_HELP)
    .action(async (key: string, record: string, options: QuietOptions) => {
      exit(await orCannot(terminal, `verify ${record}`, () => auditProveQuiet(key, record, options, terminal)));
    });
  audit
    .command('archive')
    .description('takes old entries, which an export has, out of the database of the stopped service')
    .argument('<folder>', 'an export of this database, that has been verified')
    .requiredOption('--older-than <days>', 'how old an entry is at least that goes, in days')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option('--dry-run', 'says what would go, and changes nothing')
    .addHelpText('after', ARCHIVE_HELP)
    .action(async (folder: string, options: ArchiveOptions) => {
      exit(await orCannot(terminal, 'archive', () => auditArchive(folder, options, terminal)));
    });
  audit
    .command('key')
    .description('shows the keys of the log that a running service answers; they are to be kept')
    .requiredOption('--url <url>', 'where the service listens, such as http://127.0.0.1:3000')
    .action(async ({ url }: { readonly url: string }) => {
      exit(await orCannot(terminal, `ask ${url}`, () => auditKey(url, terminal)));
    });
  addWitnessCommand(audit, terminal, exit);
}
