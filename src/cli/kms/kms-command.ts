import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './audit-commands.js';
import { addBackupCommands } from './backup-commands.js';
import { addClientCommands } from './client-commands.js';
import { addClockCommands } from './clock-commands.js';
import { addCompletionCommand } from './completion-command.js';
import { addDoctorCommand } from './doctor-command.js';
import { addInstallationCommands } from './installation-commands.js';
import { addKekCommands } from './kek-commands.js';
import { addServiceCommands } from './service-commands.js';
import { addVerifyCommand } from './verify-command.js';
import { addWalletCommands } from './wallet-commands.js';
import type { Surroundings } from './terminal.js';

/** What was asked for could not be done or looked at, or was not understood. */
const COULD_NOT = 2;

/** All commands of `kms`. @param exit is told the exit code of the one that ran */
export function kmsProgram(around: Surroundings, exit: (code: number) => void): Command {
  const program = new Command('kms')
    .description(
      'Serves the split-key KMS, works on its files, and gives the running service commands over its local socket.',
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => {
        around.out(text.trimEnd());
      },
      writeErr: (text) => {
        around.error(text.trimEnd());
      },
    })
    .showHelpAfterError('(--help says what there is)')
    .addHelpText(
      'after',
      '\nExample: kms status\nExit code: 0 all is well, 1 something is not as it should be, 2 it could not be done.',
    );
  addInstallationCommands(program, around, exit);
  addServiceCommands(program, around, exit);
  addDoctorCommand(program, around, exit);
  addVerifyCommand(program, around, exit);
  addKekCommands(program, around, exit);
  addClientCommands(program, around, exit);
  addBackupCommands(program, around, exit);
  addWalletCommands(program, around, exit);
  addClockCommands(program, around, exit);
  addAuditCommands(program, around, exit);
  addCompletionCommand(program, around, exit);
  return program;
}

/**
 * Runs one command of `kms`.
 *
 * @param words the command line after the program's name
 * @returns the exit code: 0 when all is well, 1 when something was found, 2 when nothing could be looked at
 */
export async function runKmsCommand(words: readonly string[], around: Surroundings): Promise<number> {
  let status = 0;
  const program = kmsProgram(around, (code) => (status = code));
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Whoever asked for help got it; who asked for nothing is shown it too.
    return error.code === 'commander.helpDisplayed' ? 0 : COULD_NOT;
  }
}
