import type { Command } from 'commander';
import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { codeOf } from '../../errors/error-code.js';
import { addWitnessCommand } from './audit-witness.js';
import { auditVerify } from './audit-verify.js';
import type { VerifyOptions } from './audit-verify.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';

const VERIFY_HELP = `
The key must be known beforehand: GET /audit/key answers it (its "checkpoints"). Whoever takes it out of what is to be
verified, or asks whoever could have changed that, has verified nothing.

Exit code: 0 nothing was found, 1 something was, 2 it could not be looked at.`;

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds `kms audit …`. */
export function addAuditCommands(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  const audit = program.command('audit').description('the record of all decisions, and what it can be shown to be');
  audit
    .command('verify')
    .description('shows that a record is the one that was signed, or which entry is the first that is not')
    .argument('<database>', 'the file of a database: a copy, or that of a running service. It is only read')
    .option('--vkey <vkey>', 'the key that signs checkpoints, as name+id+key. Several while it changes', several)
    .option(
      '--checkpoints <file>',
      'checkpoints that were kept elsewhere, such as AUDIT_CHECKPOINT_FILE. Several',
      several,
    )
    .option('--times-vkey <vkey>', 'the key that cosigns checkpoints with the time. Several', several)
    .option('--promise <header or file>', 'a promise of an entry, or a file with one a line. Several', several)
    .option('--promises-vkey <vkey>', 'the key that promises entries. Several', several)
    .option('--proof <file>', 'a proof of an entry (.tlog-proof). Several', several)
    .option('--json', 'writes what was found as JSON')
    .addHelpText('after', VERIFY_HELP)
    .action((file: string, options: VerifyOptions) => {
      exit(orCannot(terminal, file, () => auditVerify(file, options, terminal)));
    });
  addWitnessCommand(audit, terminal, exit);
}

/** Runs a command; why it could not is told in one line. */
function orCannot(terminal: Terminal, file: string, run: () => number): number {
  try {
    return run();
  } catch (error) {
    const why = reasonOf(error);
    if (why === undefined) throw error;
    terminal.error(printable(`cannot verify ${file}: ${why}`));
    return 2;
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof CannotVerifyError) return error.message;
  if (error instanceof MalformedTlogError) return `--${error.message}`;
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  return `${path ?? 'a file'} cannot be read (${codeOf(error) ?? 'unknown error'})`;
}
