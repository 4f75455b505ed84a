import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './audit-commands.js';
import { addBackupCommands } from './backup-commands.js';
import { addKekCommands } from './kek-commands.js';
import { addServiceCommands } from './service-commands.js';
import type { Terminal } from './terminal.js';

/** What was asked for could not be done or looked at, or was not understood. */
const COULD_NOT = 2;

/**
 * Runs one command of `kms`.
 *
 * @param words the command line after the program's name
 * @returns the exit code: 0 when all is well, 1 when something was found, 2 when nothing could be looked at
 */
export async function runKmsCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  let status = 0;
  const program = new Command('kms')
    .description(
      'Works on the files of the split-key KMS, and gives the running service commands over its local socket.',
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text.trimEnd());
      },
      writeErr: (text) => {
        terminal.error(text.trimEnd());
      },
    })
    .showHelpAfterError('(--help says what there is)');
  addServiceCommands(program, terminal, (code) => (status = code));
  addKekCommands(program, terminal, (code) => (status = code));
  addAuditCommands(program, terminal, (code) => (status = code));
  addBackupCommands(program, terminal, (code) => (status = code));
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Whoever asked for help got it; who asked for nothing is shown it too.
    return error.code === 'commander.helpDisplayed' ? 0 : COULD_NOT;
  }
}
