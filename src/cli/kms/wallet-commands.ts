import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load-configuration.js';
import { askService, operatorSocketIn } from './ask-service.js';
import { addLeaf, tell } from './leaf.js';
import { orCannot } from './or-cannot.js';
import type { Surroundings } from './terminal.js';

const NOTES = `Over the socket of the running service, which records it before it answers; a sealed service refuses. Whoever reads the words
has the wallet for good: show them to nobody but its owner, and leave them in no file and no scrollback.`;

interface Shown {
  readonly owner: string;
  readonly words: string | null;
}

/** Adds `kms wallet words`. */
export function addWalletCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  const wallet = program.command('wallet').description('a wallet, for its operator');
  addLeaf(wallet, {
    name: 'words',
    description: 'shows the stored recovery words of a wallet, and records that it did',
    example: 'wallet words 3f0a…c2',
    notes: NOTES,
    exit: { 0: 'they were shown', 1: 'the wallet was stored without words', 2: 'they could not be shown' },
  })
    .argument('<client_id>', 'the wallet, 64 hexadecimal digits')
    .action(async (clientId: string, { json }: { readonly json?: true }) => {
      exit(await orCannot(around, 'show the words', () => words(clientId, json, around)));
    });
}

async function words(clientId: string, json: true | undefined, around: Surroundings): Promise<number> {
  const socket = operatorSocketIn(loadConfiguration(around.environment));
  const answer = await askService(socket, 'show-words', { client_id: clientId });
  const owners = answer['owners'] as readonly Shown[];
  around.error('recorded; these words are the wallet: leave them in no file, and clear this terminal');
  const lines = owners.map((one) => `${one.owner}: ${one.words ?? 'stored without words'}`);
  tell(around, json, { lines, json: answer });
  return owners.some((one) => one.words !== null) ? 0 : 1;
}
