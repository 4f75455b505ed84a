import { readFileSync } from 'node:fs';

/**
 * Whether an open file lies on a mount that is read-only here, so that nobody in this container can change the file
 * or its mode. Asks for the mount of the open file itself (proc(5): `mnt_id` in fdinfo, the options in mountinfo):
 * trying to write would be refused to most users for the file's mode already, and a path could lead elsewhere by now.
 *
 * False where it cannot be known, as on other systems than Linux.
 */
export function isOnReadOnlyMount(descriptor: number): boolean {
  const mountId = /^mnt_id:\s*(\d+)$/m.exec(read(`/proc/self/fdinfo/${descriptor}`))?.[1];
  if (mountId === undefined) return false;
  const mounts = read('/proc/self/mountinfo').split('\n');
  // "36 35 98:0 /inside /at ro,noatime shared:1 - ext3 /dev/root rw": the mount's options, then its file system's.
  const [ofMount = '', ofFileSystem = ''] = mounts.find((line) => line.startsWith(`${mountId} `))?.split(' - ') ?? [];
  return [ofMount.split(' ')[5], ofFileSystem.split(' ')[2]].some((options) => options?.split(',').includes('ro'));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
