import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * How many threads of this process can compute at once: the cores that it may use, or as many as the CPU quota of its
 * cgroup pays for, rounded down to one at least. More would be stopped for the rest of each period, all together.
 *
 * Node.js counts cores alone before it has libuv 1.49 (Node 20 has 1.46).
 *
 * @param root where `/proc` and `/sys` are
 */
export function usableCores(root = '/'): number {
  const quota = cpuQuota(root);
  return Math.min(
    availableParallelism(),
    quota === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(quota)),
  );
}

/** CPUs that the cgroup pays for, such as 1.5; the least of it and those above it. `undefined` without a limit. */
export function cpuQuota(root = '/'): number | undefined {
  const lines = read(join(root, 'proc', 'self', 'cgroup')).split('\n');
  const quotas = lines.flatMap((line) => {
    const [id, controllers, path] = line.split(':');
    if (path === undefined) return [];
    if (id === '0') return quotasUpwards(join(root, 'sys', 'fs', 'cgroup'), path, quotaV2);
    if (controllers?.split(',').includes('cpu') !== true) return [];
    return ['cpu', controllers].flatMap((name) =>
      quotasUpwards(join(root, 'sys', 'fs', 'cgroup', name), path, quotaV1),
    );
  });
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

/**
 * The quotas of a cgroup and of those above it, up to the mount. In a container of version 1 only the mount exists: it
 * is the container's own cgroup, while the path is the host's.
 */
function quotasUpwards(mount: string, path: string, quotaIn: (folder: string) => number | undefined): number[] {
  const quota = quotaIn(join(mount, path)) ?? [];
  return path === '/' || path === '.' ? [quota].flat() : [quota, quotasUpwards(mount, dirname(path), quotaIn)].flat();
}

/** `cpu.max` holds microseconds of CPU time and the period that they are for, or `max`. */
function quotaV2(folder: string): number | undefined {
  const [time = '', period = ''] = read(join(folder, 'cpu.max')).trim().split(' ');
  return ratio(time, period);
}

function quotaV1(folder: string): number | undefined {
  return ratio(read(join(folder, 'cpu.cfs_quota_us')).trim(), read(join(folder, 'cpu.cfs_period_us')).trim());
}

/** `undefined` for what is no limit: `max`, -1, or a file that is not there. */
function ratio(time: string, period: string): number | undefined {
  return /^[1-9][0-9]*$/.test(time) && /^[1-9][0-9]*$/.test(period) ? Number(time) / Number(period) : undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
