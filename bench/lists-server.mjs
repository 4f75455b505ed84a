// The built server in this process, with a wallet of many split keys, and how late its event loop is.
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { clearInterval, setImmediate, setInterval } from 'node:timers';
import { SignJWT } from 'jose';
import { authenticateRowsIn, keyRingsIn } from './key-rings.mjs';
import { loadConfiguration } from '#built/config/load-configuration.js';
import { createSealer } from '#built/crypto/sealing/create-sealer.js';
import { SecretBytes } from '#built/crypto/secret-bytes.js';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { startServer } from '#built/server.js';
import { answerParent } from './children.mjs';

const RESOLUTION_MS = 1;
const INSERT = `INSERT INTO vault_split_keys (id, wallet_id, position, owner_id, client_id, client_key, user_public_key,
  server_public_key, sealed_user_share, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

answerParent(async ({ kind, directory, keys }) => {
  if (kind === 'start') return start(directory, keys);
  if (kind === 'watch') return watch();
  return seen();
});

/**
 * @param {string} directory
 * @param {number} keys
 */
async function start(directory, keys) {
  const secret = randomBytes(32).toString('hex');
  const configuration = loadConfiguration({ PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent', JWT_SECRET: secret });
  const first = await startServer(configuration);
  const claims = new SignJWT({ user_id: 'lister' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
  const token = await claims.sign(createSecretKey(secret, 'utf8'));
  const answer = await fetch(`${first.url}/wallet`, { method: 'POST', headers: { 'X-Jwt-Token': token } });
  const { client_id: clientId } = /** @type {{ client_id: string }} */ (await answer.json());
  await first.close();
  await insertKeys(directory, keys);
  await authenticateRowsIn(directory);
  const { url } = await startServer(configuration);
  return { url, token, clientId };
}

/**
 * @param {string} directory
 * @param {number} keys
 */
async function insertKeys(directory, keys) {
  const sealer = createSealer((await keyRingsIn(directory)).vault);
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  const query = database.prepare('SELECT id, owner_id, client_id, client_key FROM vault_wallets');
  const wallet = /** @type {Record<'id' | 'owner_id' | 'client_id' | 'client_key', string>} */ (query.get());
  const insert = database.prepare(INSERT);
  database.transaction(() => {
    for (let position = 1; position <= keys; position++) {
      const id = randomUUID();
      const whose = { wallet: wallet.id, owner: wallet.owner_id, recipient: '' };
      const place = { table: 'vault_split_keys', row: id, column: 'sealed_user_share', version: 1, ...whose };
      const names = [wallet.id, position, wallet.owner_id, wallet.client_id, wallet.client_key];
      // No point of the curve: a list does not look.
      const [userKey, serverKey] = [randomBytes(64).toString('hex'), randomBytes(64).toString('hex')];
      insert.run(id, ...names, userKey, serverKey, sealer.seal(new SecretBytes(randomBytes(32)), place), 1_764_000_000);
    }
  })();
  database.close();
}

const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let mostMemory = 0;
/** @type {NodeJS.Timeout | undefined} */
let watching;
let longestTurn = 0;

/** From now on: how late timers are, the most CPU time of one turn of the event loop, and memory. */
function watch() {
  histogram.reset();
  histogram.enable();
  mostMemory = process.memoryUsage.rss();
  watching = setInterval(() => (mostMemory = Math.max(mostMemory, process.memoryUsage.rss())), 5);
  longestTurn = 0;
  let before = cpuMs();
  const turn = () => {
    const now = cpuMs();
    longestTurn = Math.max(longestTurn, now - before);
    before = now;
    if (watching !== undefined) setImmediate(turn);
  };
  turn();
}

function seen() {
  histogram.disable();
  clearInterval(watching);
  watching = undefined;
  return { turnMs: longestTurn, longestMs: histogram.max / 1e6, mebibytes: mostMemory / 2 ** 20 };
}

/** CPU time of this thread so far: what neighbours take from it is not in it. Linux only. */
function cpuMs() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}
