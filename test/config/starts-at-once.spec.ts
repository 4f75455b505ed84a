import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformFileSync } from '@swc/core';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from './environment.js';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** One start in a process of its own: prints which secrets it has, and which of them it made. */
const STARTER = `
import { loadConfiguration } from './config/load-configuration.js';
import { loadLocalSecrets } from './config/local-secrets.js';
const { sealingKey, jwtSecret, generated } = loadLocalSecrets(loadConfiguration());
const hex = (secret) => Buffer.from(secret.expose()).toString('hex');
console.log(JSON.stringify({ sealingKey: hex(sealingKey), jwtSecret: hex(jwtSecret), generated }));
`;

interface Started {
  readonly sealingKey: string;
  readonly jwtSecret: string;
  readonly generated: readonly string[];
}

/** Node 20 runs no TypeScript, so the few files that a start needs are compiled first. */
function compiledStarter(): string {
  const target = temporaryDirectory();
  for (const folder of ['audit/tlog', 'clock', 'config', 'crypto', 'database', 'errors']) {
    mkdirSync(join(target, folder), { recursive: true });
    for (const file of readdirSync(join(SOURCE, folder)).filter((name) => name.endsWith('.ts'))) {
      const { code } = transformFileSync(join(SOURCE, folder, file));
      writeFileSync(join(target, folder, file.replace(/\.ts$/, '.js')), code);
    }
  }
  writeFileSync(join(target, 'package.json'), '{"type":"module"}');
  writeFileSync(join(target, 'start.js'), STARTER);
  return join(target, 'start.js');
}

describe('processes that start at the same time', () => {
  it('agree on the secrets, of which each was made by one of them', async () => {
    const starter = compiledStarter();
    const directory = join(temporaryDirectory(), 'data');
    const start = async (): Promise<Started> => {
      const { stdout } = await promisify(execFile)(process.execPath, [starter], { env: { DATA_DIR: directory } });
      return JSON.parse(stdout) as Started;
    };
    const starts = await Promise.all(Array.from({ length: 8 }, start));
    expect(new Set(starts.map(({ sealingKey }) => sealingKey)).size).toBe(1);
    expect(new Set(starts.map(({ jwtSecret }) => jwtSecret)).size).toBe(1);
    const files = readdirSync(directory).sort();
    expect(files).toEqual(['jwt-secret', 'kms.sqlite', 'sealing-key']);
    const generated = starts.flatMap((started) => started.generated).sort();
    expect(generated).toEqual(['jwt-secret', 'sealing-key'].map((file) => join(directory, file)));
  });
});
