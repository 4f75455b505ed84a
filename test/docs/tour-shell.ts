import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './documents.js';

/** The commands that the tour uses, as variables of a shell's environment. */
export interface Toolbox {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Stand-ins for npm and curl, and the real ones where they are of use: curl is there, and the installation bears the
 * stamp without which `npm run` would install anew, under the feet of whoever else is running.
 */
export function toolboxes(): Toolbox[] {
  const real = { name: 'npm and curl', environment: {} };
  const standIns = { name: 'stand-ins for npm and curl', environment: { ...standInFor('npm'), ...standInFor('curl') } };
  return hasCurl() && isInstalled() ? [real, standIns] : [standIns];
}

function hasCurl(): boolean {
  return spawnSync('curl', ['--version']).error === undefined;
}

/** Whether what `npm start` needs is there; if not, it would install, under the hands of whatever else runs. */
export function isInstalled(): boolean {
  const ask =
    "import { reasonToInstall } from './scripts/installation.mjs'; console.log(reasonToInstall() === undefined);";
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', ask], { cwd: PROJECT, encoding: 'utf8' });
  return answer === 'true\n';
}

/** Bash takes functions from its environment under such names. */
function standInFor(command: 'npm' | 'curl'): Record<string, string> {
  const script = join(PROJECT, 'test', 'docs', 'stand-ins', `${command}.mjs`);
  return { [`BASH_FUNC_${command}%%`]: `() { '${process.execPath}' '${script}' "$@"; }` };
}

/** What a shell wrote. */
export interface Typescript {
  readonly lines: readonly string[];
  readonly errors: string;
}

/**
 * Types `text` into a bash in the project's folder, as pasting does: a command that read its standard input would eat
 * the lines after it.
 */
export function typeIntoBash(text: string, variables: Readonly<Record<string, string>>): Promise<Typescript> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? tmpdir(), ...variables };
  const bash = spawn('bash', [], { cwd: PROJECT, env });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    bash[name].setEncoding('utf8').on('data', (written: string) => (texts[name] += written));
  }
  bash.stdin.end(text);
  return new Promise((resolve, reject) => {
    bash.once('error', reject).once('close', () => {
      resolve({ lines: texts.stdout.trimEnd().split('\n'), errors: texts.stderr });
    });
  });
}
