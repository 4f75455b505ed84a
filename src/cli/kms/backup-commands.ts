import type { Command } from 'commander';
import { backup } from './backup.js';
import type { BackupOptions } from './backup.js';
import { orCannot } from './or-cannot.js';
import { several } from './several.js';
import type { Terminal } from './terminal.js';

const BACKUP_HELP = `
Of the database that the settings name (DATA_DIR, DATABASE), beside the running service. The file is one of age
(age-encryption.org); what is in it is the database: age -d FILE > kms.sqlite. The sealing key is not in it.

Exit code: 0 it was written, 2 it was not.`;

/** Adds `kms backup`. */
export function addBackupCommands(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  program
    .command('backup')
    .description('writes an encrypted copy of the database, also of a running service')
    .argument('<file>', 'that is made, whole or not at all')
    .option('--recipient <recipient>', 'whose key opens it, as age1…. Several: each alone', several)
    .option('--recipients-file <file>', 'a file with one recipient a line')
    .option('--passphrase-file <file>', 'a file with the passphrase that opens it, instead of recipients')
    .option('--force', 'replaces the file if it is one of age')
    .option('--json', 'writes what it holds as JSON')
    .addHelpText('after', BACKUP_HELP)
    .action(async (file: string, options: BackupOptions) => {
      exit(await orCannot(terminal, 'back up', () => backup(file, options, terminal)));
    });
}
