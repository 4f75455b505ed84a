import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** `node dist/main.js` in a process of its own. */
export interface BuiltProcess {
  readonly process: ChildProcess;
  /** What it wrote so far, as it came. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it has ended and all its output has been read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface BuiltServer extends BuiltProcess {
  readonly url: string;
}

const running = new Set<ChildProcess>();

/** For `afterAll`: what a failing test left running would keep Jest from ending. */
export function killLeftovers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Builds if need be. Test files run side by side, so one at a time: the lock is a database's, which no crash keeps. */
export function ensureBuilt(): void {
  const cache = join(PROJECT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const lock = new BetterSqlite3(join(cache, 'test-build-lock.sqlite'), { timeout: 240_000 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    execFileSync(process.execPath, [join(PROJECT, 'scripts', 'ensure-build.mjs')], { cwd: PROJECT, stdio: 'pipe' });
  } finally {
    lock.close();
  }
}

/**
 * Starts the built server with these variables and no others.
 *
 * @param through a command that runs the command that is put behind it, in the same process
 * @param project whose `dist` it is
 */
export function spawnBuilt(
  environment: Readonly<Record<string, string>>,
  through: readonly string[] = [],
  project = PROJECT,
): BuiltProcess {
  const server = [process.execPath, join(project, 'dist', 'main.js')];
  const [command = '', ...words] = [...through, ...server];
  const child = spawn(command, words, {
    cwd: PROJECT,
    env: { PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return { process: child, stdout: () => texts.stdout, stderr: () => texts.stderr, ended };
}

/** Starts it and waits until it says where it listens; fails with its output if it ends first. */
export async function startBuilt(
  environment: Readonly<Record<string, string>>,
  through: readonly string[] = [],
): Promise<BuiltServer> {
  const built = spawnBuilt(environment, through);
  const url = await new Promise<string>((resolve, reject) => {
    built.process.stdout?.on('data', () => {
      const match = /ready at (\S+)\n/.exec(built.stdout());
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    void built.ended.then(({ code }) => {
      reject(new Error(`the built server ended with ${code}: ${built.stderr()}`));
    });
  });
  return { ...built, url };
}

/** Asks it to stop, and waits until it has. */
export async function stopBuilt(built: BuiltProcess): Promise<void> {
  built.process.kill('SIGTERM');
  await built.ended;
}
