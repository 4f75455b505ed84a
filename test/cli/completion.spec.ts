import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { kmsHere } from './kms-here.js';
import { itWithShell, shellMustBeThere } from './shells.js';

const THREE_MINUTES = 180_000;

const script = async (shell: string): Promise<string> => (await kmsHere(['completion', shell], {})).out;

/** What a shell says that was given this to do. */
function said(shell: string, text: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', text], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** What bash would complete the last word of a command line to. */
async function inBash(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const typed = `COMP_WORDS=(kms ${quoted}); COMP_CWORD=${words.length}; _kms; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return said('bash', `${await script('bash')}\n${typed}\n`);
}

describe('kms completion', () => {
  it('has bash complete commands, options, and nothing of another command', async () => {
    expect(await inBash('s')).toEqual(['serve', 'status', 'seal', 'sign']);
    expect(await inBash('audit', 'pr')).toEqual(['prove-quiet']);
    expect(await inBash('migrate', '--re')).toEqual(['--revert']);
    expect(await inBash('audit', 'verify', 'data/kms.sqlite', '--vkey', 'audit', '--pro')).toEqual([
      '--promise',
      '--promises-vkey',
      '--proof',
    ]);
    expect(await inBash('status', '--re')).toEqual([]);
    expect(await inBash('restore', 'kms.a')).toEqual([]);
  });

  it('leaves bash to complete files where nothing else fits', async () => {
    const [line = ''] = said('bash', `${await script('bash')}\ncomplete -p kms\n`);
    expect(line).toBe('complete -o default -F _kms kms');
  });

  itWithShell('fish')(
    'has fish complete the same',
    async () => {
      await shellMustBeThere('fish');
      const fish = await script('fish');
      const words = (line: string): string[] =>
        said('fish', `${fish}\ncomplete -C '${line}'\n`).map((one) => one.split('\t')[0] ?? '');
      expect(words('kms s').sort()).toEqual(['seal', 'serve', 'sign', 'status']);
      expect(words('kms audit pr')).toEqual(['prove-quiet']);
      expect(words('kms migrate --re')).toEqual(['--revert']);
      expect(words('kms status --re')).toEqual([]);
    },
    THREE_MINUTES,
  );

  itWithShell('zsh')(
    'is a script that zsh can read',
    async () => {
      await shellMustBeThere('zsh');
      const { status, stderr } = spawnSync('zsh', ['-fn'], { input: await script('zsh'), encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      const walk = `compdef() { :; }; _files() { :; }; _describe() { print -l -- $next; }
${await script('zsh')}
words=(kms audit pr); CURRENT=3; _kms; words=(kms status x); CURRENT=3; _kms`;
      const shown = said('zsh', walk);
      expect(shown.some((line) => line.startsWith('prove-quiet:shows that'))).toBe(true);
      expect(shown.slice(-2).map((line) => line.split(':')[0])).toEqual(['--json', '--help']);
    },
    THREE_MINUTES,
  );

  it('knows no other shell', async () => {
    expect(await kmsHere(['completion', 'tcsh'], {})).toMatchObject({ code: 2, out: '' });
  });
});
