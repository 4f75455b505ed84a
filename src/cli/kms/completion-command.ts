import { Argument } from 'commander';
import type { Command } from 'commander';
import { completionPlaces, COMPLETIONS } from './completion.js';
import type { Shell } from './completion.js';
import { addLeaf } from './leaf.js';
import type { Surroundings } from './terminal.js';

const NOTES = `For bash: source <(kms completion bash), in ~/.bashrc. For zsh: the same in ~/.zshrc, behind compinit. For fish:
kms completion fish > ~/.config/fish/completions/kms.fish.`;

/** Adds `kms completion`, which tells of all commands that were added before it, and of itself. */
export function addCompletionCommand(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'completion',
    description: 'writes what has a shell complete these commands',
    example: 'completion bash',
    notes: NOTES,
    exit: { 0: 'it was written' },
  })
    .addArgument(new Argument('<shell>', 'whose it is').choices(Object.keys(COMPLETIONS)))
    .action((shell: Shell, { json }: { readonly json?: true }) => {
      const script = COMPLETIONS[shell](completionPlaces(program));
      // As it is: printable() would take the script's own signs for a terminal's.
      around.out(json === true ? JSON.stringify({ shell, script }) : script.trimEnd());
      exit(0);
    });
}
