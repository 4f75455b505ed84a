import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { kmsProgram } from '../../src/cli/kms/kms-command.js';
import { readDocument } from '../docs/documents.js';
import { kmsHere } from './kms-here.js';

const silent = { out: () => undefined, error: () => undefined };
const program = kmsProgram(silent, () => undefined);

/** Those that do something, by their names as one writes them. */
function leavesOf(command: Command, path: string[] = []): { path: string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]));
}
const leaves = leavesOf(program);

/** The rows of the table in docs/cli.md, by command. */
const rows = new Map(
  [...readDocument('docs/cli.md').matchAll(/^\| `kms ([^`]+)` \| (.+) \| (.+) \|$/gm)].map(
    ([, name = '', what, codes]) => [name, { what, codes }],
  ),
);

describe('kms', () => {
  it('has these commands, and docs/cli.md tells of each and of no other', () => {
    expect([...rows.keys()]).toEqual(leaves.map(({ path }) => path.join(' ')));
  });

  it.each(leaves.map(({ path, command }) => ({ name: path.join(' '), path, command })))(
    '$name has an example, --json, and exit codes that are documented',
    async ({ name, path, command }) => {
      const { code, out } = await kmsHere([...path, '--help'], {});
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Example: kms ${name}\\b`, 'm'));
      expect(command.options.map((option) => option.long)).toContain('--json');
      const [, codes = ''] = /^Exit code: (0 .+)\.$/m.exec(out) ?? [];
      expect(rows.get(name)).toEqual({ what: command.description(), codes });
    },
  );

  it.each(leaves.map(({ path, command }) => ({ name: path.join(' '), path, command })))(
    '$name is called in its example as it can be',
    ({ path, command }) => {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      const [, example = ''] = /^Example: kms (.+)$/m.exec(help) ?? [];
      const words = example
        .replace(/ < .*$/, '')
        .split(' ')
        .slice(path.length);
      const known = new Map(command.options.map((option) => [option.long, option.required]));
      const given = words.filter((word) => word.startsWith('--'));
      expect(given.filter((word) => !known.has(word))).toEqual([]);
      const mandatory = command.options.filter((option) => option.mandatory).map((option) => option.long);
      expect(mandatory.filter((option) => !given.includes(option ?? ''))).toEqual([]);
      const operands = words.filter((word, at) => !word.startsWith('--') && known.get(words[at - 1] ?? '') !== true);
      expect(operands).toHaveLength(command.registeredArguments.filter(({ required }) => required).length);
    },
  );

  it.each([[['--no-such']], [['nothing']], [['audit', 'verify']], [['status', 'now']]])(
    'ends with 2 and does nothing for %j',
    async (words) => {
      const { code, out, error } = await kmsHere(words, {});
      expect([code, out]).toEqual([2, '']);
      expect(error).toMatch(/^error: [^\n]+\n\(--help says what there is\)\n$/);
    },
  );
});
