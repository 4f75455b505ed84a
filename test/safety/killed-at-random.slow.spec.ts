import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { removeDataDirectories } from '../start/data-directories.js';
import { ensureBuilt, killLeftovers } from '../support/built-server.js';
import { killRounds } from './kill-rounds.js';

/** Others, and another beginning, can be asked for. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 500);
const SEED = Number(process.env['KILL_SEED'] ?? 1);

beforeAll(ensureBuilt, 250_000);
afterAll(() => {
  killLeftovers();
  removeDataDirectories();
});

it(
  `nothing that was answered is lost, half-made or told in two ways when the process is killed ${ROUNDS} times (KILL_SEED=${SEED})`,
  async () => {
    const { wrong, counts } = await killRounds(ROUNDS, SEED);
    process.stdout.write(`killed at random: ${JSON.stringify({ ...counts, wrong: wrong.length, seed: SEED })}\n`);
    expect(wrong).toEqual([]);
    expect(counts.signatures).toBeGreaterThan(ROUNDS);
  },
  60_000 + ROUNDS * 30_000,
);
