import type { Command } from 'commander';
import { backup } from './backup.js';
import type { BackupOptions } from './backup.js';
import { addLeaf } from './leaf.js';
import { orCannot } from './or-cannot.js';
import { restore } from './restore.js';
import type { RestoreOptions } from './restore.js';
import { several } from './several.js';
import type { Surroundings } from './terminal.js';

const BACKUP_NOTES = `Of the database that the settings name (DATA_DIR, DATABASE), beside the running service. The file is one of age
(age-encryption.org); what is in it is the database: age -d FILE > kms.sqlite. The sealing key is not in it. A
running service records it.`;

const RESTORE_NOTES = `For the service's own database (DATA_DIR, DATABASE), while it is stopped, with its sealing key. Every secret is opened,
every public key derived again, the record verified, and only then is the database replaced; the old one is kept beside.
Without --vkey the record is held against a key out of the copy, which shows damage and no deceit. What
the replaced database and --record know of later revocations, freezes and changes is listed, and not done by itself.`;

/** Adds `kms backup` and `kms restore`. */
export function addBackupCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'backup',
    description: 'writes an encrypted copy of the database, also of a running service',
    example: 'backup /backups/today.age --recipient age1…',
    notes: BACKUP_NOTES,
    exit: { 0: 'it was written', 2: 'it was not' },
  })
    .argument('<file>', 'that is made, whole or not at all; with --every the folder')
    .option('--recipient <recipient>', 'whose key opens it, as age1…. Several: each alone', several)
    .option('--recipients-file <file>', 'a file with one recipient a line')
    .option('--passphrase-file <file>', 'a file with the passphrase that opens it, instead of recipients')
    .option('--every <period>', 'says with which settings the service makes one every so many hours, such as 6h')
    .option('--keep <count>', 'and how many it keeps')
    .option('--force', 'replaces the file if it is one of age')
    .action(async (file: string, options: BackupOptions) => {
      exit(await orCannot(around, 'back up', () => backup(file, options, around)));
    });
  addLeaf(program, {
    name: 'restore',
    description: 'checks a backup in full, and puts it in the place of the database of the stopped service',
    example: 'restore /backups/today.age --identity identity --vkey VKEY',
    notes: RESTORE_NOTES,
    exit: { 0: 'it was restored', 1: 'the copy does not hold', 2: 'it could not be opened or looked at' },
  })
    .argument('<file>', 'a backup, or a plain copy of the database. Only read')
    .option('--identity <file>', 'a file with an identity of age that opens it. Several', several)
    .option('--passphrase-file <file>', 'a file with the passphrase that opens it')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several', several)
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere. Several', several)
    .option('--record <record>', 'an export or a database that knows what was revoked after the copy was made')
    .action(async (file: string, options: RestoreOptions) => {
      exit(await restore(file, options, around));
    });
}
