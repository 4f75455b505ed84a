import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PROJECT } from '../support/built-server.js';

export interface KmsRun {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `kms` as it is built, in a process of its own that stands in `folder` and has no other environment than this. */
export async function runKms(
  words: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<KmsRun> {
  const program = [join(PROJECT, 'dist', 'cli', 'kms.js'), ...words];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { cwd: folder, env: environment });
    return { code: 0, out: stdout, error: stderr };
  } catch (failure) {
    const { code, stdout, stderr } = failure as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, error: stderr };
  }
}
