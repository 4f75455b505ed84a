import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runKmsCommand } from '../../src/cli/kms/kms-command.js';
import type { Heard } from './canary-flow.js';
import type { Haystack } from './secret-forms.js';

/**
 * What the commands of `kms` say and write of the record that a service has left in its data directory: what they print,
 * and each file of an export. Fails when they find anything wrong.
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
    ...files.map((name) => ({ where: `exported ${name}`, content: readFileSync(join(folder, name)) })),
  ];
}
