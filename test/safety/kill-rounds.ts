import { join } from 'node:path';
import type { PromiseTrust } from '../../src/audit/promises/verify-promise.js';
import { parseVkey } from '../../src/audit/tlog/verifier-key.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { newDataDirectory } from '../start/data-directories.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { spawnBuilt, startBuilt, stopBuilt } from '../support/built-server.js';
import type { BuiltProcess, BuiltServer } from '../support/built-server.js';
import { SHARED_SECRET, tokenFor } from '../support/shared-secret.js';
import { heldKey } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { FoundAfterKills } from './found-after-kills.js';
import { NotedAnswers } from './noted-answers.js';

const ORIGIN = 'kms.example/audit';
const WRITERS = 3;
const SIGNERS = 6;

/** Milliseconds for which a round serves at most. Checkpoints are made every second, and when it has started. */
const MOST_MS = 1_500;

/** One round in so many is killed while it starts, within as many milliseconds as a start takes. */
const IN_THE_START = 8;
const START_MS = 1_200;

/** What came of it all. */
export interface KilledRounds {
  /** One line for each thing that is wrong. */
  readonly wrong: readonly string[];
  /** Looks once more; for the caller to close. */
  readonly look: () => FoundAfterKills;
  readonly noted: NotedAnswers;
  readonly trust: PromiseTrust;
  readonly counts: Readonly<
    Record<'rounds' | 'inTheStart' | 'made' | 'revoked' | 'signatures' | 'checkpoints', number>
  >;
}

/**
 * Serves one directory again and again, under mixed writes and signing, and kills the process at random moments. After
 * each kill the next start, which must not refuse, is asked for what was answered before; after the last one a whole
 * service ends in good order, and all that was ever answered is looked for.
 *
 * @param seed of the moments; what runs when is the machine's
 */
export async function killRounds(rounds: number, seed: number): Promise<KilledRounds> {
  const [directory, random] = [newDataDirectory(), numbersFrom(seed)];
  const environment = {
    DATA_DIR: directory,
    JWT_SECRET: SHARED_SECRET,
    LOG_LEVEL: 'silent',
    AUDIT_ORIGIN: ORIGIN,
    AUDIT_CHECKPOINT_SECONDS: '1',
    MAX_WALLETS_PER_USER: '0',
  };
  const noted = new NotedAnswers();
  const wrong: string[] = [];
  const first = await startBuilt(environment);
  const keys = await splitKeys(first);
  const trust: PromiseTrust = { keys: [await promiseKey(first)], origin: ORIGIN };
  await stopBuilt(first);

  let [inTheStart, checked] = [0, 0];
  const look = (): FoundAfterKills =>
    new FoundAfterKills(join(directory, 'kms.sqlite'), join(directory, 'checkpoints'));
  const check = (): void => {
    const found = look();
    wrong.push(...found.writes(noted), ...found.signatures(noted.signatures.slice(checked), trust));
    checked = noted.signatures.length;
    found.close();
  };
  for (let round = 0; round < rounds; round += 1) {
    if (random() < 1 / IN_THE_START) {
      inTheStart += 1;
      await killAfter(spawnBuilt(environment), random() * START_MS);
    }
    const server = await startBuilt(environment);
    check();
    const work = [
      ...Array.from({ length: WRITERS }, (_, at) => noted.writeUntilCut(server.url, `writer ${round} ${at}`)),
      ...keys.map((key) => noted.signUntilCut(server.url, key)),
      noted.watchUntilCut(server.url),
    ];
    await Promise.all([...work, killAfter(server, random() * MOST_MS)]);
  }
  // A last one, which signs a checkpoint of everything before it ends.
  await stopBuilt(await startBuilt(environment));
  checked = 0;
  check();
  const found = look();
  wrong.push(...found.checkpoints(noted));
  found.close();
  const { made, revoked, signatures, checkpoints } = noted;
  return {
    wrong,
    look,
    noted,
    trust,
    counts: {
      rounds,
      inTheStart,
      made: made.length,
      revoked: revoked.length,
      signatures: signatures.length,
      checkpoints: checkpoints.size,
    },
  };
}

async function killAfter(server: BuiltProcess, milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  server.process.kill('SIGKILL');
  const { code, signal } = await server.ended;
  if (signal !== 'SIGKILL') throw new Error(`it ended with ${code} before it was killed: ${server.stderr()}`);
}

async function splitKeys({ url }: BuiltServer): Promise<HeldKey[]> {
  const owner = new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') });
  const made = await Promise.all(Array.from({ length: SIGNERS }, () => splitWallet(owner)));
  return made.map(({ key }) => heldKey(key));
}

async function promiseKey({ url }: BuiltServer): Promise<ReturnType<typeof parseVkey>> {
  const { promises } = successOf<{ promises: string }>(await new ApiClient(url).get('/audit/key'));
  return parseVkey(promises, 'promises');
}
