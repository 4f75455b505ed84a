import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import BetterSqlite3 from 'better-sqlite3';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { SEALING_DOMAINS } from '../../src/crypto/sealing/data-key.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { openConfiguredCustody } from '../../src/start/open-custody.js';
import { opened } from '../cli/opened-backup.js';
import { runKms } from '../cli/kms-process.js';
import { describeWithToken, SoftHsmToken, tokenMustBePossible } from '../key-encryption/softhsm.js';
import { newKek } from '../operator/change-of-keys.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltProcess, BuiltServer } from '../support/built-server.js';
import { randomSecretKey } from '../support/foreign-split-key.js';
import { serverShareOf } from '../support/server-share.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { findSecrets, secretOfHex, secretOfText } from './secret-forms.js';
import type { Haystack, Secret } from './secret-forms.js';
import { canSeeProcesses, childOf, namesIn } from './seen-process.js';
import type { SeenProcess } from './seen-process.js';

jest.setTimeout(120_000);

const PIN_IN_SETTINGS = 'pin of the token 4711';

if (!canSeeProcesses) process.stdout.write('skipped: what a process was started with is seen on Linux alone\n');
const describeOnLinux = canSeeProcesses ? describe : describe.skip;

const ended = (built: BuiltProcess): boolean => built.process.exitCode !== null || built.process.signalCode !== null;

const foundIn = (haystacks: readonly Haystack[], secrets: readonly Secret[]): string[] =>
  haystacks.flatMap((haystack) =>
    findSecrets(haystack, secrets).map(({ name, form }) => `${haystack.where}: ${name} (${form})`),
  );

const outputOf = (built: BuiltProcess, where: string): Haystack => ({
  where,
  content: Buffer.from(`${built.stdout()}${built.stderr()}`),
});

/** Every file in a folder, but sockets, which have no content. */
function filesIn(folder: string, moment: string): Haystack[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ where: `${name} ${moment}`, content: readFileSync(join(folder, name)) }));
}

/** The data keys, as the key-encryption key opens them. */
async function dataKeysOf(environment: Readonly<Record<string, string>>, when: string): Promise<Secret[]> {
  const configuration = loadConfiguration(environment);
  const connection = new BetterSqlite3(configuration.database, { readonly: true });
  try {
    const rings = await readKeyRings(connection, await openConfiguredCustody(configuration));
    return SEALING_DOMAINS.map((domain) => ({
      name: `data key of ${domain} ${when}`,
      bytes: rings[domain].current.key.export(),
    }));
  } finally {
    connection.close();
  }
}

afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

describeOnLinux('secrets of a service that is backed up, and given another key', () => {
  const said: Haystack[] = [];
  const files: Haystack[] = [];
  const secrets: Secret[] = [secretOfText('JWT_SECRET', SHARED_SECRET), secretOfText('token', tokenFor('alice'))];
  let directory: string;
  let backups: string;
  let child: SeenProcess;
  let plain: Buffer[];

  /** Runs `kms`, keeps what it says, and fails when it ends with another code. */
  async function kms(
    words: readonly string[],
    environment: Readonly<Record<string, string>>,
    code = 0,
  ): Promise<string> {
    const run = await runKms(words, directory, environment);
    said.push({ where: `kms ${words.join(' ')}`, content: Buffer.from(`${run.out}${run.error}`) });
    if (run.code !== code) throw new Error(`kms ${words.join(' ')} ended with ${run.code}: ${run.error}${run.out}`);
    return run.out;
  }

  /** Starts it, and sees the process that makes the backup which is due. */
  async function startSeen(environment: Readonly<Record<string, string>>): Promise<[BuiltServer, SeenProcess]> {
    const server = await startBuilt(environment);
    return [server, await childOf(server.process.pid ?? 0, 'scheduled-child', () => ended(server))];
  }

  beforeAll(async () => {
    ensureBuilt();
    directory = newDataDirectory();
    backups = join(directory, '..', 'backups');
    mkdirSync(backups);
    const identity = await generateX25519Identity();
    const identityFile = join(directory, '..', 'identity');
    writeFileSync(identityFile, `${identity}\n`, { mode: 0o600 });
    const recipient = await identityToRecipient(identity);
    const [first, next] = [newKek(directory, 'first'), newKek(directory, 'next')];
    const common = {
      PORT: '0',
      DATA_DIR: directory,
      JWT_SECRET: SHARED_SECRET,
      LOG_LEVEL: 'trace',
      BACKUP_DIR: backups,
      BACKUP_RECIPIENTS: recipient,
    };
    secrets.push(
      secretOfText('identity', identity),
      secretOfHex('first key', first.settings['KEK_SECRET'] ?? ''),
      secretOfHex('next key', next.settings['KEK_SECRET'] ?? ''),
    );
    const [old, later] = [
      { ...common, ...first.settings },
      { ...common, ...next.settings },
    ];

    let server: BuiltServer;
    [server, child] = await startSeen(old);
    const owner = new ApiClient(server.url, { 'X-Jwt-Token': tokenFor('alice') });
    const masterKey = randomSecretKey();
    const words = 'operator canary these words belong to no key at all and are kept as they came operator';
    const stored = successOf<WireWallet>(await owner.post('/store', { private_key: masterKey, mnemonic: words }), 201);
    const key = successOf<WireSplitKey>(await owner.post(`/key/${stored.client_id}`), 201);
    successOf(await signMessage(owner, heldKey(key), sha3('canary')));
    secrets.push(
      secretOfHex('master key', masterKey),
      secretOfText('words', words),
      secretOfHex('user share', key.private_key),
      secretOfHex('server share', serverShareOf(masterKey, key.private_key)),
      ...(await dataKeysOf(old, 'before')),
    );

    // What is asked for, what is refused, and what cannot be read.
    const bad = join(directory, '..', 'bad.env');
    const secret = first.settings['KEK_SECRET'] ?? '';
    for (const text of [`KEK_PROVIDER=env\nKEK_SECRET=${secret}0\n`, `${secret}\n`, `KEK_PROVIDER=${secret}\n`]) {
      writeFileSync(bad, text, { mode: 0o600 });
      await kms(['kek', 'add', bad], old, 2);
    }
    const { id } = JSON.parse(await kms(['kek', 'add', next.file, '--json'], old)) as { id: string };
    await kms(['kek', 'check'], old);
    await kms(['kek', 'check', next.file], old);
    await kms(['kek', 'rotate', id, first.file], old, 2);
    await kms(['kek', 'rotate', id, next.file], old);
    const { keys } = JSON.parse(await kms(['kek', 'status', '--json'], old)) as { keys: { id: string }[] };
    const former = keys.find((one) => one.id !== id)?.id ?? '';
    await kms(['status'], old);
    await kms(['doctor'], old);
    // A service that stops does not wait for it.
    while (!readdirSync(backups).some((name) => name.endsWith('.age'))) await pause(50);
    files.push(...filesIn(directory, 'while it ran'), ...filesIn(backups, 'of the first schedule'));
    await stopBuilt(server);
    said.push(outputOf(server, 'the first service'));

    server = await startBuilt(later);
    await kms(['kek', 'reseal'], later);
    await kms(['kek', 'verify'], later);
    await kms(['verify'], later);
    await kms(['kek', 'retire', former], later);
    secrets.push(...(await dataKeysOf(later, 'after')));
    await kms(['seal'], later);
    await kms(['kek', 'reseal'], later, 2);
    await kms(['wallet', 'words', stored.client_id], later, 2);
    await kms(['doctor', '--json'], later, 1);
    await kms(['unseal'], later);
    const byHand = join(backups, 'by-hand.age');
    await kms(['backup', byHand, '--recipient', recipient], later);
    successOf(await signMessage(new ApiClient(server.url), heldKey(key), sha3('canary again')));
    files.push(...filesIn(directory, 'behind the change of keys'), ...filesIn(backups, 'at the end'));
    await kms(['restore', byHand, '--identity', identityFile], later, 2);
    await stopBuilt(server);
    said.push(outputOf(server, 'the second service'));
    await kms(['restore', byHand, '--identity', identityFile], later);
    const made = readdirSync(backups).filter((name) => name.endsWith('.age'));
    plain = await Promise.all(made.map((name) => opened(join(backups, name), { identity: identityFile })));
    files.push(...filesIn(directory, 'restored'));
  }, 240_000);

  it('are in nothing that a command of kms, or the service, says', () => {
    expect(said.length).toBeGreaterThan(22);
    expect(foundIn(said, secrets)).toEqual([]);
  });

  it('are in no file: of the data directory, of a backup, or of what a backup holds', () => {
    expect(files.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['kms.sqlite while it ran', 'by-hand.age at the end']),
    );
    expect(plain.length).toBe(2);
    expect(plain.map((bytes) => bytes.subarray(0, 15).toString())).toEqual(plain.map(() => 'SQLite format 3'));
    const held = plain.map((content, index) => ({ where: `what backup ${index} holds`, content }));
    expect(foundIn([...files, ...held], secrets)).toEqual([]);
  });

  it('are not what the process of a backup was started with: it has none of our variables', () => {
    expect(foundIn([child.argumentsGiven, child.environment], secrets)).toEqual([]);
    expect(namesIn(child.environment)).toEqual(['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE']);
  });

  it('of no backup or key file are for others to read', () => {
    const modes = [directory, backups].flatMap((folder) =>
      readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077]),
    );
    expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
    expect(readdirSync(directory).filter((name) => /key|secret/i.test(name))).toEqual([]);
  });
});

describeOnLinux('the files in which a service keeps secrets by itself', () => {
  it('are two, for its own user, and each holds its one secret alone', async () => {
    ensureBuilt();
    const directory = newDataDirectory();
    await stopBuilt(await startBuilt({ PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' }));
    const secret = readdirSync(directory).filter((name) => /^(sealing-key|jwt-secret)/.test(name));
    expect(secret.sort()).toEqual(['jwt-secret', 'sealing-key']);
    for (const name of secret) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(directory, name), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    }
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });
});

(canSeeProcesses ? describeWithToken : describe.skip)('the process of a PKCS#11 module', () => {
  let token: SoftHsmToken;
  beforeAll(async () => {
    ensureBuilt();
    await tokenMustBePossible();
    token = new SoftHsmToken();
    token.initialise(PIN_IN_SETTINGS);
  }, 180_000);
  afterAll(() => {
    token.remove();
  });

  it('was started with neither the PIN nor anything else of ours', async () => {
    const directory = newDataDirectory();
    const service = spawnBuilt({
      PORT: '0',
      DATA_DIR: directory,
      JWT_SECRET: SHARED_SECRET,
      LOG_LEVEL: 'trace',
      KEK_PROVIDER: 'pkcs11',
      KEK_PKCS11_LIBRARY: token.modulePath,
      KEK_PKCS11_TOKEN: token.label,
      KEK_PKCS11_KEY: 'missing',
      KEK_PKCS11_PIN: PIN_IN_SETTINGS,
      KEK_PKCS11_ENVIRONMENT: 'SOFTHSM2_CONF',
      ...token.environment,
    });
    const child = await childOf(service.process.pid ?? 0, 'module-child', () => ended(service));
    expect((await service.ended).code).not.toBe(0);
    const secrets = [secretOfText('PIN', PIN_IN_SETTINGS), secretOfText('JWT_SECRET', SHARED_SECRET)];
    const seen = [child.argumentsGiven, child.environment, outputOf(service, 'what the service says')];
    expect(foundIn(seen, secrets)).toEqual([]);
    expect(namesIn(child.environment)).toEqual(['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'SOFTHSM2_CONF']);
    expect(service.stderr()).toMatch(/^cannot start: KEK_PROVIDER=pkcs11: the PKCS#11 token has no AES key/m);
  });
});
