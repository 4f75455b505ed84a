import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Haystack } from './secret-forms.js';

/** Only Linux shows what a process was started with. */
export const canSeeProcesses = existsSync('/proc/self/environ');

/** What everybody with the same user, or root, sees of a process: its arguments and its environment. */
export interface SeenProcess {
  readonly pid: number;
  readonly argumentsGiven: Haystack;
  readonly environment: Haystack;
}

/**
 * The first child of a process whose arguments name `program`, as soon as there is one. Rejects when `isOver` comes first.
 * A child that has just been forked still has the arguments of its parent, so it is not taken for one.
 */
export async function childOf(parent: number, program: string, isOver: () => boolean): Promise<SeenProcess> {
  while (!isOver()) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const seen = look(pid, parent, program);
      if (seen !== undefined) return seen;
    }
    await pause(5);
  }
  throw new Error(`no child that runs ${program} was seen`);
}

function look(pid: string, parent: number, program: string): SeenProcess | undefined {
  try {
    const actual = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    const content = readFileSync(`/proc/${pid}/cmdline`);
    if (actual !== String(parent) || !content.includes(program)) return undefined;
    return {
      pid: Number(pid),
      argumentsGiven: { where: `arguments of ${program}`, content },
      environment: { where: `environment of ${program}`, content: readFileSync(`/proc/${pid}/environ`) },
    };
  } catch {
    return undefined; // It has ended meanwhile.
  }
}

/** The names in an environment, sorted. */
export function namesIn({ content }: Haystack): string[] {
  return content
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.split('=')[0] ?? '')
    .sort();
}
