// node bench/verify.mjs [ENTRIES]: how long `kms audit verify` takes over a record of so many entries, a million by
// default. Needs some 2 GiB for a million where temporary files lie, and removes them.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { ensureBuild } from '../scripts/ensure-build.mjs';
import { killChildren, spawnNode } from './children.mjs';
import { describeMachine } from './machine.mjs';
import { memoryOf, startServer, threadTimes } from './server.mjs';

const KMS = fileURLToPath(new URL('../dist/cli/kms.js', import.meta.url));

/** Transfers by limited keys, as long as those that are recorded. */
const INSERT = `
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
  INSERT INTO audit_entries (entry)
  SELECT '{"action":"sign-transaction","at_ms":' || (1764400000000 + n) || ',"client_id":"' || hex64
      || '","facts":{"asked":{"creation_date":"1704676947","nonce":"' || n || '","operation":"transfer","to_client_id":"'
      || hex64 || '","value":"10000000000"},"policy_hash":"' || hex64 || '","policy_revision":1},"outcome":"approved",'
      || '"public_key":"' || hex64 || hex64 || '","request_id":"' || lower(hex(randomblob(18))) || '","salt":"'
      || lower(hex(randomblob(16))) || '","signed_hash":"' || lower(hex(randomblob(32))) || '","txn_verification":"strict"}'
    FROM numbers, (SELECT lower(hex(randomblob(32))) AS hex64)`;

await ensureBuild();
const entries = Number(process.argv[2] ?? 1_000_000);
if (!Number.isSafeInteger(entries) || entries < 1) {
  console.error('usage: node bench/verify.mjs [ENTRIES]');
  process.exit(2);
}
const machine = describeMachine();
const directory = mkdtempSync(join(tmpdir(), 'kms-verify-'));
try {
  const { checkpoints, times } = await makeRecord();
  const database = join(directory, 'kms.sqlite');
  const mebibytes = Math.round(statSync(database).size / 2 ** 20);
  const words = ['--vkey', checkpoints, '--times-vkey', times, '--checkpoints', join(directory, 'checkpoints')];
  const { seconds, cpuSeconds, mebibytes: memory } = await timed(['audit', 'verify', database, ...words]);
  console.log(
    `${entries.toLocaleString('en-US')} entries (${mebibytes} MiB) verified in ${seconds.toFixed(1)} s ` +
      `(${cpuSeconds.toFixed(1)} s of CPU), with ${memory} MiB; ` +
      `Node ${machine.node}, ${machine.cores} cores (${machine.cpu}), load before ${machine.loadBefore?.toFixed(1)}, ${machine.date}`,
  );
} finally {
  killChildren();
  rmSync(directory, { recursive: true, force: true });
}

/** Has the service begin a log, fills its record, and has it sign that. */
async function makeRecord() {
  const settings = { AUDIT_CHECKPOINT_SECONDS: '1' };
  const first = await startServer(directory, {}, [], settings);
  /** @type {any} */
  const keys = await (await fetch(`http://127.0.0.1:${first.port}/audit/key`)).json();
  await first.stop();
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  database.prepare(INSERT).run(entries);
  database.close();
  const second = await startServer(directory, {}, [], settings);
  for (let signed = 0; signed < entries;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const note = await (await fetch(`http://127.0.0.1:${second.port}/audit/checkpoint`)).text();
    signed = Number(note.split('\n')[1]);
  }
  await second.stop();
  return keys;
}

/** @param {readonly string[]} words */
async function timed(words) {
  const startedAt = performance.now();
  const child = spawnNode([KMS, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  let [most, micros] = [0, 0];
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(child.pid)?.most ?? 0);
    micros = Math.max(
      micros,
      [...(threadTimes(child.pid)?.values() ?? [])].reduce((sum, time) => sum + time, 0),
    );
  }, 100);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: micros / 1e6, mebibytes: Math.round(most) };
}
