import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { askService } from '../../src/cli/kms/ask-service.js';
import { numbersFrom } from '../restrictions/evaluation/random-questions.js';
import { ApiClient, successOf } from '../support/api-client.js';
import { ensureBuilt, killLeftovers, startBuilt } from '../support/built-server.js';
import type { BuiltServer } from '../support/built-server.js';
import { tokenFor } from '../support/shared-secret.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { newKek } from './change-of-keys.js';
import type { TestKek } from './change-of-keys.js';

const SEED = 20_261_130;
/** Kills while each order is carried out, before it is given once more and answered. */
const KILLS = 2;

beforeAll(ensureBuilt, 300_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

type Answer = Readonly<Record<string, unknown>>;

/** A service that is killed while it does what it is asked, as often as said, and asked again. */
class Killed {
  readonly #random = numbersFrom(SEED);
  #server: BuiltServer | undefined;
  #held: HeldKey | undefined;
  #asked = 0;
  /** How many orders were answered before the kill came. */
  answered = 0;

  constructor(readonly directory: string) {}

  /** Starts it with these settings, and shows that a split key of before still signs. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#server = await startBuilt({ ...servedFrom(this.directory), ...settings });
    const { url } = this.#server;
    this.#held ??= heldKey((await splitWallet(new ApiClient(url, { 'X-Jwt-Token': tokenFor('alice') }))).key);
    this.#asked += 1;
    successOf(await signMessage(new ApiClient(url), this.#held, sha3(`asked ${this.#asked}`)));
  }

  async kill(): Promise<void> {
    this.#server?.process.kill('SIGKILL');
    await this.#server?.ended;
  }

  async order(command: string, sent: Answer, settings: Readonly<Record<string, string>>): Promise<Answer> {
    const socket = join(this.directory, 'operator.sock');
    for (let kills = 0; kills < KILLS; kills += 1) {
      const answer = askService(socket, command, sent).then(
        () => (this.answered += 1),
        () => undefined,
      );
      await setTimeout(this.#random() * 40);
      await this.kill();
      await answer;
      await this.start(settings);
    }
    return askService(socket, command, sent);
  }
}

it(`no order about keys leaves anything unreadable when the process is killed, and each can be given again`, async () => {
  const directory = newDataDirectory();
  const service = new Killed(directory);
  await service.start();
  const next: TestKek = newKek(directory, 'next');
  const settings = readFileSync(next.file, 'utf8');
  const { id } = await service.order('kek-add', { settings }, {});
  expect(id).toEqual(expect.any(String));
  expect(await service.order('kek-check', { settings }, {})).toMatchObject({ id, provider: 'env' });
  expect(await service.order('kek-rotate', { id, settings }, {})).toMatchObject({ id });
  // As after each kill until now: either key opens all.
  await service.kill();
  await service.start(next.settings);
  const { data_key: from } = await askService(join(directory, 'operator.sock'), 'kek-status');
  expect(await service.order('kek-reseal', { from }, next.settings)).toMatchObject({ damaged: 0 });
  expect(await service.order('kek-verify', {}, next.settings)).toMatchObject({ damaged: 0 });
  const { keys } = await askService(join(directory, 'operator.sock'), 'kek-status');
  const former = (keys as { id: string; standing: string }[]).find(({ standing }) => standing === 'former');
  expect(await service.order('kek-retire', { id: former?.id }, next.settings)).toMatchObject({ id: former?.id });
  expect(await askService(join(directory, 'operator.sock'), 'kek-verify')).toMatchObject({ damaged: 0 });
  expect(await askService(join(directory, 'operator.sock'), 'verify-rows')).toMatchObject({ untrue: 0 });
  await service.kill();
  await service.start(next.settings);
  // Of twelve kills some came before the answer, or this has shown nothing.
  expect(service.answered).toBeLessThan(6 * KILLS);
  await service.kill();
}, 240_000);
