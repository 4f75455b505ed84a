import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './statistics.mjs';

/** @typedef {ReturnType<typeof describeMachine>} Machine */

/** Which machine this is, and how busy it was before the run. */
export function describeMachine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${platform()} ${release()}`,
    loadBefore: loadavg()[0],
    fsyncMicros: fsyncMicros(),
  };
}

/** What one durable write of 4 KiB costs where the databases will lie: the median of fifty. */
function fsyncMicros() {
  const folder = mkdtempSync(join(tmpdir(), 'kms-fsync-'));
  const file = openSync(join(folder, 'probe'), 'w');
  try {
    const times = Array.from({ length: 50 }, () => {
      const start = performance.now();
      writeSync(file, Buffer.alloc(4096, 1));
      fsyncSync(file);
      return (performance.now() - start) * 1000;
    });
    return median(times);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
