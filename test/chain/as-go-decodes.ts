import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../architecture/project-files.js';

/** What Go's own `encoding/json` made of a text, decoding it as a node of the chain does. */
export interface GoOutcome {
  readonly decoded: boolean;
  /** What stands in the name afterwards; Go may have set it before it came to an error. */
  readonly name: string;
}

/** Go's version, or undefined where there is no Go. */
export function goVersion(): string | undefined {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** All the texts in one process of the machine's Go (`go-json/`, the standard library alone). */
export function asGoDecodes(texts: readonly string[]): GoOutcome[] {
  const input = texts.map((text) => `${Buffer.from(text, 'utf8').toString('hex')}\n`).join('');
  const { status, stdout, stderr } = spawnSync('go', ['run', '.'], {
    cwd: join(PROJECT, 'test/restrictions/go-json'),
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off' },
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`go run failed: ${stderr}`);
  const outcomes = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as GoOutcome);
  if (outcomes.length !== texts.length) throw new Error('Go answered another number of texts than it was asked');
  return outcomes;
}
