import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { runKmsCommand } from '../../src/cli/kms/kms-command.js';
import { runKms } from '../cli/kms-process.js';
import { opened } from '../cli/opened-backup.js';
import type { Heard } from './canary-flow.js';
import type { Haystack } from './secret-forms.js';

/**
 * What the commands of `kms` say and write of the record that a service has left in its data directory: what they print,
 * each file of an export, and a backup with what is in it. Fails when they find anything wrong.
 */
export async function writtenOffline(directory: string, heard: readonly Heard[]): Promise<Haystack[]> {
  const keys = heard.find(({ where }) => where === 'GET /audit/key');
  const { checkpoints, times } = JSON.parse(keys?.content.toString().split('\n\n')[1] ?? '') as Record<string, string>;
  const trust = ['--vkey', checkpoints ?? '', '--checkpoints', join(directory, 'checkpoints')];
  const [database, folder] = [join(directory, 'kms.sqlite'), join(directory, 'exported')];
  const userKey = /"public_key":"([0-9a-f]{128})"/.exec(heard.map(({ content }) => content.toString()).join('\n'))?.[1];
  const written: Haystack[] = [];
  const run = async (...words: readonly string[]): Promise<number> => {
    let said = '';
    const say = (line: string): void => void (said += `${line}\n`);
    const code = await runKmsCommand(['audit', ...words], { out: say, error: say });
    written.push({ where: `kms audit ${words[0] ?? ''}`, content: Buffer.from(said) });
    return code;
  };
  const verifying = ['--times-vkey', times ?? '', '--json'];
  const codes = [
    await run('verify', database, ...trust, ...verifying),
    await run('export', database, folder, ...trust),
    await run('verify', folder, ...trust, ...verifying),
  ];
  // It has signed: that is told, and not what.
  const loud = await run('prove-quiet', userKey ?? '', folder, '--since', '0', ...trust);
  if (codes.join() !== '0,0,0' || loud !== 1) {
    throw new Error(
      `kms found ${codes.join()} and ${loud}: ${written.map(({ content }) => content.toString()).join('')}`,
    );
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return [
    ...written,
    ...(await backedUp(directory)),
    ...files.map((name) => ({ where: `exported ${name}`, content: readFileSync(join(folder, name)) })),
  ];
}

async function backedUp(directory: string): Promise<Haystack[]> {
  const [file, identity] = [join(directory, 'backup.age'), join(directory, 'identity')];
  const secret = await generateX25519Identity();
  writeFileSync(identity, `${secret}\n`, { mode: 0o600 });
  const words = ['backup', file, '--recipient', await identityToRecipient(secret)];
  const { code, out, error } = await runKms(words, directory, { DATA_DIR: directory });
  if (code !== 0) throw new Error(`kms backup ended with ${code}: ${error}`);
  // In the flow rows were tampered with, so it is refused in the middle of opening everything.
  const restored = await runKms(['restore', file, '--identity', identity], directory, { DATA_DIR: directory });
  if (restored.code > 1) throw new Error(`kms restore ended with ${restored.code}: ${restored.error}`);
  return [
    { where: 'kms restore', content: Buffer.from(`${restored.out}${restored.error}`) },
    { where: 'kms backup', content: Buffer.from(`${out}${error}`) },
    { where: 'the backup', content: readFileSync(file) },
    { where: 'what is in the backup', content: await opened(file, { identity }) },
  ];
}
