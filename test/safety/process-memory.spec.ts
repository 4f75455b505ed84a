import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { createSealer } from '../../src/crypto/sealing/create-sealer.js';
import { SEALING_DOMAINS, SECRET_DOMAINS } from '../../src/crypto/sealing/data-key.js';
import type { KeyRings } from '../../src/crypto/sealing/data-key.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { placeOf, sealedColumns } from '../../src/data-keys/sealed-rows.js';
import type { SealedRow } from '../../src/data-keys/sealed-rows.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { openConfiguredCustody } from '../../src/start/open-custody.js';
import { runKms } from '../cli/kms-process.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { searchMemory } from './process-memory.js';
import type { FoundIn } from './process-memory.js';

/** Only Linux shows a process's memory as a file. */
const canSearch = existsSync('/proc/self/mem');
if (!canSearch) process.stdout.write('skipped: the memory of a process is searched on Linux alone\n');

let directory: string;
let server: BuiltServer;
let rings: KeyRings;
let sealed: { masterKey: Uint8Array; serverShare: Uint8Array };
const planted = randomBytes(24).toString('base64url');

beforeAll(async () => {
  if (!canSearch) return;
  ensureBuilt();
  directory = newDataDirectory();
  server = await startBuilt({ DATA_DIR: directory, JWT_SECRET: SHARED_SECRET, PLANTED: planted });
  const alice = new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') });
  const { key } = await splitWallet(alice);
  for (let at = 0; at < 20; at += 1) {
    successOf(await signMessage(new ApiClient(server.url), heldKey(key), sha3(`message ${at}`)));
  }
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  rings = await readKeyRings(connection, await openConfiguredCustody(loadConfiguration({ DATA_DIR: directory })));
  sealed = {
    masterKey: openedIn(connection, 'sealed_master_key'),
    serverShare: openedIn(connection, 'sealed_server_share'),
  };
  connection.close();
}, 120_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

function openedIn(connection: BetterSqlite3.Database, name: string): Uint8Array {
  const sealed = SEALED_COLUMNS.find(({ column }) => column === name);
  if (sealed === undefined) throw new Error(`there is no ${name}`);
  const row = connection.prepare<[], SealedRow>(`SELECT ${sealedColumns(sealed)} FROM ${sealed.table}`).get();
  if (row === undefined) throw new Error(`${sealed.table} is empty`);
  return createSealer(rings[sealed.domain]).open(row.sealed, placeOf(row, sealed)).expose();
}

const sealingKey = (): Buffer => Buffer.from(readFileSync(join(directory, 'sealing-key'), 'latin1').trim(), 'hex');

/** How often each lies in the service's memory, in all of its mappings. */
function timesInMemory(): Readonly<Record<string, number>> {
  const root = sealingKey();
  const wanted = {
    planted: Buffer.from(planted),
    'sealing key': root,
    'sealing key, hexadecimal': Buffer.from(root.toString('hex')),
    'sealing key, UTF-16': Buffer.from(root.toString('hex'), 'utf16le'),
    'sealing key, Base64': Buffer.from(root.toString('base64')),
    'something that is nowhere': createHash('sha256').update(root).digest(),
    ...Object.fromEntries(SEALING_DOMAINS.map((domain) => [`data key ${domain}`, rings[domain].current.key.export()])),
    'master key': sealed.masterKey,
    'server share': sealed.serverShare,
    'server share, hexadecimal': Buffer.from(Buffer.from(sealed.serverShare).toString('hex')),
  };
  const found = searchMemory(server.process.pid ?? 0, wanted);
  const times = (where: FoundIn): number => Object.values(where).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(Object.entries(found).map(([name, where]) => [name, times(where)]));
}

(canSearch ? describe : describe.skip)('the memory of the service', () => {
  it('holds the data keys after its first start, and no sealing key', () => {
    const times = timesInMemory();
    expect(times).toMatchObject({
      // The control: from its environment, which it never reads.
      planted: 1,
      'something that is nowhere': 0,
      'sealing key': 0,
      'sealing key, hexadecimal': 0,
      'sealing key, UTF-16': 0,
      'sealing key, Base64': 0,
    });
    for (const domain of SEALING_DOMAINS) expect(times[`data key ${domain}`]).toBeGreaterThanOrEqual(1);
  });

  it('holds no key that opens a secret once kms seal has returned', async () => {
    const { code } = await runKms(['seal'], directory, { DATA_DIR: directory });
    expect(code).toBe(0);
    const times = timesInMemory();
    expect(times).toMatchObject({
      planted: 1,
      'sealing key': 0,
      // Of those that were used before, in threads that have ended.
      'master key': 0,
      'server share': 0,
      'server share, hexadecimal': 0,
    });
    for (const domain of SECRET_DOMAINS) expect(times).toMatchObject({ [`data key ${domain}`]: 0 });
  });

  it('holds them again after kms unseal, and no sealing key', async () => {
    expect((await runKms(['unseal'], directory, { DATA_DIR: directory })).code).toBe(0);
    const times = timesInMemory();
    for (const domain of SECRET_DOMAINS) expect(times[`data key ${domain}`]).toBeGreaterThanOrEqual(1);
    expect(times).toMatchObject({ 'sealing key': 0, 'sealing key, hexadecimal': 0 });
  });

  it('holds none of it after a later start, but the data keys', async () => {
    await stopBuilt(server);
    server = await startBuilt({ DATA_DIR: directory, JWT_SECRET: SHARED_SECRET, PLANTED: planted });
    const times = timesInMemory();
    expect(times).toMatchObject({ planted: 1, 'sealing key': 0, 'sealing key, hexadecimal': 0, 'master key': 0 });
    for (const domain of SECRET_DOMAINS) expect(times[`data key ${domain}`]).toBeGreaterThanOrEqual(1);
  });
});
