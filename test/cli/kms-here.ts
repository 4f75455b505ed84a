import { runKmsCommand } from '../../src/cli/kms/kms-command.js';
import type { Surroundings } from '../../src/cli/kms/terminal.js';
import type { KmsRun } from './kms-process.js';

/** Runs `kms` in this process, with no other environment than this. */
export async function kmsHere(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  given: Pick<Surroundings, 'clock' | 'input'> = {},
): Promise<KmsRun> {
  const said = { out: '', error: '' };
  const code = await runKmsCommand(words, {
    out: (line) => (said.out += `${line}\n`),
    error: (line) => (said.error += `${line}\n`),
    environment,
    ...given,
  });
  return { code, ...said };
}
