import type { Command } from 'commander';

/** The shells for which there is a script. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** What may stand next where somebody is on the command line. */
export interface CompletionPlace {
  /** The commands up to there, a space before each: ` audit verify`; nothing at the beginning. */
  readonly at: string;
  readonly next: readonly CompletionWord[];
}

interface CompletionWord {
  readonly word: string;
  readonly description: string;
}

/** All places of a tree of commands. */
export function completionPlaces(command: Command, at = ''): readonly CompletionPlace[] {
  const commands = command.commands.map((one) => ({ word: one.name(), description: one.description() }));
  const options = command.options.map((one) => ({ word: one.long ?? one.flags, description: one.description }));
  const help = { word: '--help', description: 'says what it does' };
  return [
    { at, next: [...commands, ...options, help] },
    ...command.commands.flatMap((one) => completionPlaces(one, `${at} ${one.name()}`)),
  ];
}

/** The script of each shell. None of them runs `kms`: all that they tell is in them. */
export const COMPLETIONS: Readonly<Record<Shell, (places: readonly CompletionPlace[]) => string>> = {
  bash: (places) => `# Has bash complete the commands of kms: source <(kms completion bash)
_kms() {
  local at='' word next=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
      ${walked(places)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${places.map(({ at, next }) => `    '${at}') next='${next.map(({ word }) => word).join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kms kms
`,
  zsh: (places) => `#compdef kms
# Has zsh complete the commands of kms: source <(kms completion zsh), behind compinit
_kms() {
  local at='' word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      (${walked(places)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${places.map(({ at, next }) => `    ('${at}') next=(${next.map(describedInZsh).join(' ')}) ;;`).join('\n')}
  esac
  _describe kms next
  _files
}
compdef _kms kms
`,
  fish: (places) => `# Has fish complete the commands of kms: kms completion fish > ~/.config/fish/completions/kms.fish
function __kms_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case ${places.flatMap(({ at }) => (at === '' ? [] : [`'${at}'`])).join(' ')}
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
${places.flatMap(({ at, next }) => next.map((one) => inFish(at, one))).join('\n')}
`,
};

function walked(places: readonly CompletionPlace[]): string {
  return places.flatMap(({ at }) => (at === '' ? [] : [`'${at}'`])).join('|');
}

function describedInZsh({ word, description }: CompletionWord): string {
  return `'${word}:${description.replaceAll("'", "'\\''")}'`;
}

function inFish(at: string, { word, description }: CompletionWord): string {
  const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
  return `complete -c kms -n "__kms_at '${at}'" ${what} -d '${description.replaceAll(/['\\]/g, '\\$&')}'`;
}
