import { execFileSync } from 'node:child_process';
import { it } from '@jest/globals';

/** Mounts made in a mount namespace of the process's own, which end with it: the machine's mounts stay as they are. */
const IN_OWN_NAMESPACE = ['unshare', '--mount', '--propagation', 'private'];

/**
 * A command that runs the command put behind it where `script` has been run first. The script sees `"$0"`, a path.
 */
export function afterMounting(script: string, path: string): readonly string[] {
  return [...IN_OWN_NAMESPACE, 'sh', '-ec', `${script}\nexec "$@"`, path];
}

/** `it` where this user may mount, as root on Linux may; elsewhere the test is shown as skipped. */
export const itWithMounts: typeof it | typeof it.skip = canMount() ? it : it.skip;

function canMount(): boolean {
  try {
    const [command = '', ...words] = afterMounting('mount -t tmpfs tmpfs "$0"', '/mnt');
    execFileSync(command, [...words, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
