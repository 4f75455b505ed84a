import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { runKms } from '../cli/kms-process.js';

/** A key of KEK_PROVIDER=env, and the file that describes it. */
export interface TestKek {
  readonly settings: Readonly<Record<string, string>>;
  readonly file: string;
}

export function newKek(directory: string, name: string): TestKek {
  const settings = { KEK_PROVIDER: 'env', KEK_SECRET: randomBytes(32).toString('hex') };
  const file = join(directory, '..', `${name}.env`);
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return { settings, file };
}

/** Runs `kms kek … --json`. Fails, with what it said, when the exit code is another. */
export async function kek(directory: string, words: readonly string[], code = 0): Promise<Record<string, unknown>> {
  const run = await runKms(['kek', ...words, '--json'], directory, { DATA_DIR: directory });
  if (run.code !== code) throw new Error(`kms kek ${words.join(' ')} ended with ${run.code}: ${run.error}${run.out}`);
  return code === 2 ? { error: run.error } : (JSON.parse(run.out) as Record<string, unknown>);
}

/** How many data keys there are of each secret domain, and how many wrappings in all. */
export function keysIn(directory: string): { readonly epochs: Record<string, number[]>; readonly wrappings: number } {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  const rows = connection
    .prepare<[], [string, number]>(
      "SELECT domain, epoch FROM data_keys WHERE domain IN ('vault', 'auth', 'audit') ORDER BY domain, epoch",
    )
    .raw()
    .all();
  const wrappings = connection.prepare<[], number>('SELECT count(*) FROM data_key_wrappings').pluck().get() ?? 0;
  connection.close();
  const epochs: Record<string, number[]> = {};
  for (const [domain, epoch] of rows) (epochs[domain] ??= []).push(epoch);
  return { epochs, wrappings };
}
