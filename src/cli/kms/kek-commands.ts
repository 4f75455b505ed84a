import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load-configuration.js';
import { StartError } from '../../errors/start-error.js';
import { askService, operatorSocketIn } from './ask-service.js';
import type { Answer, Sent } from './ask-service.js';
import { addLeaf, tell } from './leaf.js';
import { orCannot } from './or-cannot.js';
import { printable } from './printable.js';
import type { Surroundings } from './terminal.js';

const HELP = `
Changes the key that wraps the data keys, while the service runs. FILE describes a key, in the lines that will stand in the
service's environment later (KEK_PROVIDER=…), mode 0600; - is the standard input. In this order:

  kms kek add FILE           makes it known, and says its id
  kms kek rotate ID FILE     wraps the data keys under it as well; then put FILE's lines into the environment, and restart
  kms kek reseal             seals everything again under new data keys, if the old key may be known to others
  kms kek verify             opens everything without the old key
  kms kek retire OLD-ID      deletes what the old key had wrapped

Until retire a start with either key works; after reseal with the new one alone.`;

const EXIT = { 0: 'it was done', 1: 'not everything opens', 2: 'it could not be done' };

type Ask = (command: string, sent: Sent) => Promise<Answer>;

interface Order {
  readonly words: string;
  /** Behind `kms kek`. */
  readonly example: string;
  readonly description: string;
  readonly sent: (words: readonly string[], ask: Ask) => Sent | Promise<Sent>;
  readonly told: (answer: Answer) => readonly string[];
}

const ORDERS: readonly Order[] = [
  {
    words: 'status',
    example: 'status',
    description: 'lists the keys, and how much is sealed under earlier data keys',
    sent: () => ({}),
    told: ({ keys, left }) => [
      ...(keys as readonly Answer[]).map(keyLine),
      `${String(left)} values under earlier data keys`,
    ],
  },
  {
    words: 'add <file>',
    example: 'add /secure/new-key.env',
    description: 'makes a key known, which wraps nothing yet',
    sent: ([file = '']) => ({ settings: readKekFile(file) }),
    told: ({ id, changed }) => [`${String(id)} is ${changed === true ? 'added' : 'known already'}`],
  },
  {
    words: 'check [file]',
    example: 'check',
    description: 'proves a key, or has the configured one open all that it wraps',
    sent: ([file]) => (file === undefined ? {} : { settings: readKekFile(file) }),
    told: ({ id, provider, fingerprint, opened }) => [
      `${String(provider)} ${String(fingerprint)} (${typeof id === 'string' ? id : 'not known'}) works, and opens ${String(opened)} data keys`,
    ],
  },
  {
    words: 'rotate <id> <file>',
    example: 'rotate 5f0a7c1e /secure/new-key.env',
    description: 'wraps all data keys under a known key, which is the current one then',
    sent: ([id = '', file = '']) => ({ id, settings: readKekFile(file) }),
    told: ({ id, changed }) => [
      changed === true ? `${String(id)} is the current key: restart with its settings` : `${String(id)} was it already`,
    ],
  },
  {
    words: 'reseal',
    example: 'reseal',
    description: 'seals everything again under new data keys',
    // Given twice it is one order: the second has seen the same.
    sent: async (_, ask) => {
      const { data_key: from } = await ask('kek-status', {});
      return typeof from === 'string' ? { from } : {};
    },
    told: ({ values, damaged }) => [`sealed ${String(values)} values again`, ...damagedLine(damaged)],
  },
  {
    words: 'verify',
    example: 'verify',
    description: 'opens everything with the current key alone',
    sent: () => ({}),
    told: ({ values, damaged }) => [`opened ${String(values)} values`, ...damagedLine(damaged)],
  },
  {
    words: 'retire <id>',
    example: 'retire 91b2d044',
    description: 'deletes what a former key had wrapped',
    sent: ([id = '']) => ({ id }),
    told: ({ id, changed }) => [`${String(id)} ${changed === true ? 'is retired' : 'was retired already'}`],
  },
];

/** Adds `kms kek …`, over the operator's socket. */
export function addKekCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  const kek = program.command('kek').description('changes the key that wraps the data keys').addHelpText('after', HELP);
  for (const { words, example, description, sent, told } of ORDERS) {
    const [name = ''] = words.split(' ');
    addLeaf(kek, { name: words, description, example: `kek ${example}`, exit: EXIT }).action(
      async (...given: unknown[]) => {
        const [options] = given.slice(-2) as [{ readonly json?: true }];
        const strings = given.slice(0, -2).filter((word): word is string => typeof word === 'string');
        exit(
          await orCannot(around, `kek ${name}`, async () => {
            const socket = operatorSocketIn(loadConfiguration(around.environment));
            const ask: Ask = (command, what) =>
              askService(socket, command, what, (line) => {
                around.error(printable(line));
              });
            const answer = await ask(`kek-${name}`, await sent(strings, ask));
            tell(around, options.json, { lines: told(answer), json: answer });
            return typeof answer['damaged'] === 'number' && answer['damaged'] > 0 ? 1 : 0;
          }),
        );
      },
    );
  }
}

/** It may hold a secret itself. */
function readKekFile(file: string): string {
  if (file === '-') return readFileSync(0, 'utf8');
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) throw new StartError(`there is no file ${file}`);
  if ((status.mode & 0o077) !== 0) throw new StartError(`${file} is open to other users: chmod 600 it`);
  return readFileSync(file, 'utf8');
}

function keyLine({ id, provider, fingerprint, standing, data_keys: keys, verified_at_ms: verified }: Answer): string {
  const at = typeof verified === 'number' ? `, verified ${new Date(verified).toISOString()}` : '';
  return `${String(id)} ${String(standing)}: ${String(provider)} ${String(fingerprint)}, wraps ${String(keys)} data keys${at}`;
}

function damagedLine(damaged: unknown): readonly string[] {
  return damaged === 0 ? [] : [`${String(damaged)} values do not open: they stay as they are`];
}
