import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cpuQuota, usableCores } from '../../src/config/cpu-quota.js';
import { temporaryDirectory } from './environment.js';

/** A root with these files below it. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), `${content}\n`);
  }
  return root;
}

const V1 = 'sys/fs/cgroup/cpu,cpuacct';

describe('the CPU quota of the cgroup', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    [
      'of a container of version 2, which sees itself at the root',
      { 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': '150000 100000' },
      1.5,
    ],
    ['without a limit', { 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': 'max 100000' }, undefined],
    [
      'of a unit, where a slice above it has less',
      {
        'proc/self/cgroup': '0::/system.slice/kms.service',
        'sys/fs/cgroup/system.slice/kms.service/cpu.max': '400000 100000',
        'sys/fs/cgroup/system.slice/cpu.max': '100000 50000',
      },
      2,
    ],
    [
      'of a container of version 1, whose path is that of the host',
      {
        'proc/self/cgroup': '5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc',
        [`${V1}/cpu.cfs_quota_us`]: '50000',
        [`${V1}/cpu.cfs_period_us`]: '100000',
      },
      0.5,
    ],
    [
      'of version 1 beside an empty version 2',
      {
        'proc/self/cgroup': '1:cpu:/kms\n0::/',
        'sys/fs/cgroup/cpu/kms/cpu.cfs_quota_us': '300000',
        'sys/fs/cgroup/cpu/kms/cpu.cfs_period_us': '100000',
        'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
        'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
      },
      3,
    ],
    [
      'of version 1 without a limit',
      { 'proc/self/cgroup': '1:cpu:/', [`sys/fs/cgroup/cpu/cpu.cfs_quota_us`]: '-1' },
      undefined,
    ],
    ['of a set of cores, which is no quota', { 'proc/self/cgroup': '3:cpuset:/kms' }, undefined],
    ['that cannot be read', { 'proc/self/cgroup': 'nonsense', 'sys/fs/cgroup/cpu.max': '1' }, undefined],
    ['on a machine without cgroups', {}, undefined],
  ])('%s', (_, files, quota) => {
    expect(cpuQuota(rootWith(files))).toBe(quota);
  });

  it.each([
    ['10000 100000', 1],
    ['190000 100000', 1],
    ['max 100000', availableParallelism()],
    ['99900000 100000', availableParallelism()],
  ])('of %s pays for whole threads, one at least and no more than there are cores', (quota, threads) => {
    expect(usableCores(rootWith({ 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': quota }))).toBe(threads);
  });
});
