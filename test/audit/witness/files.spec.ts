import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startWitness } from '../../../src/audit/witness/start-witness.js';
import { log } from '../tlog/given-signers.js';
import { Branch } from './forked-log.js';

let directory: string;
let [state, key]: string[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-witness-'));
  [state, key] = [join(directory, 'state'), join(directory, 'key')];
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Starts one on these files, has it cosign, and ends it. @returns its vkey */
async function use(
  files: { readonly state?: string; readonly key?: string; readonly name?: string } = {},
): Promise<string> {
  const [where, whose] = [files.state ?? state ?? '', files.key ?? key ?? ''];
  const witness = await startWitness({
    ...{
      host: '127.0.0.1',
      port: 0,
      logs: [log.key],
      state: where,
      key: whose,
      name: files.name ?? 'witness.example/w1',
    },
    nowSeconds: () => 1_764_400_000,
    say: () => undefined,
  });
  const body = new Branch('main', 9, 0).request(0, 9);
  await fetch(`http://127.0.0.1:${witness.port}/add-checkpoint`, { method: 'POST', body });
  await witness.close();
  return witness.vkey;
}

describe('the key of a witness', () => {
  it('is made once, under its name, for its owner alone', async () => {
    const vkey = await use();
    expect(await use({ name: 'another.example' })).toBe(vkey);
    expect(statSync(key ?? '').mode & 0o777).toBe(0o600);
    expect(readFileSync(key ?? '', 'utf8')).toMatch(/^PRIVATE\+KEY\+witness\.example\/w1\+[0-9a-f]{8}\+\S{44}\n$/);
    const material = Buffer.from(
      readFileSync(key ?? '', 'utf8')
        .split('+')
        .slice(4)
        .join('+'),
      'base64',
    );
    expect(vkey).not.toContain(material.subarray(1).toString('base64'));
  });

  it('is refused when others can read it, or it is none', async () => {
    await use();
    chmodSync(key ?? '', 0o640);
    await expect(use()).rejects.toThrow('can be read by others than its owner');
    chmodSync(key ?? '', 0o600);
    const line = readFileSync(key ?? '', 'utf8');
    for (const text of ['', line.trim(), line.replace('w1', 'w2'), line.replace(/\+B/, '+A'), `${line}\n`]) {
      writeFileSync(key ?? '', text);
      await expect(use()).rejects.toThrow('does not hold the key of a witness');
    }
    writeFileSync(key ?? '', line);
    await use();
  });

  it('is not made anew for a state that is there, nor used with one that is lost or of another', async () => {
    await use();
    const [otherState, otherKey] = [join(directory, 'other'), join(directory, 'other-key')];
    await expect(use({ key: otherKey })).rejects.toThrow('bring its key back');
    await expect(use({ state: otherState })).rejects.toThrow('has not what was cosigned with --key');
    await use({ key: otherKey, state: otherState });
    await expect(use({ key: otherKey })).rejects.toThrow('is of a witness with another key');
  });

  it.each(['', 'two words', 'a+b', 'a\nb'])('has no name like %j', async (name) => {
    await expect(use({ name })).rejects.toThrow('--name must be one word');
  });
});

describe('what was cosigned', () => {
  it.each([
    'DELETE FROM heads',
    'UPDATE heads SET size = 8',
    `UPDATE heads SET root = x'00'`,
    `UPDATE heads SET origin = 'elsewhere'`,
  ])('stays, also against %s', async (sql) => {
    await use();
    const connection = new BetterSqlite3(join(state ?? '', 'witness.sqlite'));
    expect(() => connection.exec(sql)).toThrow(/a head (stays|only grows)/);
    connection.close();
  });
});
