import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load-configuration.js';
import { isPassphraseAsked } from '../../start/open-custody.js';
import { askService, operatorSocketIn } from './ask-service.js';
import type { Answer } from './ask-service.js';
import { addLeaf, tell } from './leaf.js';
import type { Leaf } from './leaf.js';
import { orCannot } from './or-cannot.js';
import { readPassphrase } from './read-passphrase.js';
import type { Surroundings } from './terminal.js';

const SEAL_NOTES = `An emergency stop: from then on nothing is signed, made or shown that is secret, and the workers that sign have ended.
Revoking, freezing, restricting and deleting go on, and so do lists of public data. When it returns, the keys have been
let go of. A restart opens the service again.`;

const UNSEAL_NOTES = `Reads the key again that opens the data keys, which must be where it was at the start. With KEK_PROVIDER=passphrase and
none configured it asks for it, or takes the one line of its standard input; a start that waits for it goes on.`;

/** Adds what is asked of the running service, over its local socket (OPERATOR_SOCKET). */
export function addServiceCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  const add = (leaf: Omit<Leaf, 'example'>, told: ToldOf): void => {
    addLeaf(program, { ...leaf, example: leaf.name }).action(async ({ json }: { readonly json?: true }) => {
      exit(await orCannot(around, leaf.name, () => ask(leaf.name, json, around, told)));
    });
  };
  add(
    {
      name: 'status',
      description: 'says how the running service is',
      exit: { 0: 'it is ready', 1: 'it is not', 2: 'it could not be asked' },
    },
    (answer) => ({
      lines: [
        `${answer['ready'] === true ? 'ready' : 'not ready'}${answer['sealed'] === true ? ', sealed' : ''}`,
        ...listed('reason', answer['reasons']),
        ...listed('warning', answer['warnings']),
        checkpointIn(answer['checkpoint']),
      ],
      code: answer['ready'] === true ? 0 : 1,
    }),
  );
  add(
    {
      name: 'seal',
      description: 'stops all signing and lets go of the keys, at once',
      notes: SEAL_NOTES,
      exit: { 0: 'it is sealed', 2: 'the service could not be asked, or the order could not be recorded' },
    },
    changed('sealed'),
  );
  add(
    {
      name: 'unseal',
      description: 'opens a sealed service again',
      notes: UNSEAL_NOTES,
      exit: { 0: 'it is open', 2: 'it could not be asked or opened, or the order could not be recorded' },
    },
    changed('open'),
  );
}

type ToldOf = (answer: Answer) => { readonly lines: readonly string[]; readonly code: number };

function changed(what: string): ToldOf {
  return ({ changed: isChanged, recorded, starts }) => ({
    lines: [
      starts === true
        ? 'the service has its key, and starts'
        : isChanged === true
          ? `the service is ${what} now`
          : `the service was ${what} already`,
      ...(recorded === false ? ['this could not be recorded: see its log'] : []),
    ],
    code: recorded === false ? 2 : 0,
  });
}

async function ask(command: string, json: true | undefined, around: Surroundings, told: ToldOf): Promise<number> {
  const configuration = loadConfiguration(around.environment);
  const socket = operatorSocketIn(configuration);
  const isAsked = command === 'unseal' && isPassphraseAsked(configuration);
  const sent = isAsked ? { passphrase: await readPassphrase('passphrase: ') } : {};
  const answer = await askService(socket, command, sent);
  const { lines, code } = told(answer);
  tell(around, json, { lines, json: answer });
  return code;
}

function listed(what: string, found: unknown): readonly string[] {
  if (Array.isArray(found)) return found.map((one) => `${what}: ${String(one)}`);
  if (typeof found !== 'object' || found === null) return [];
  return Object.entries(found).map(([name, why]) => `${what}: ${name}: ${String(why)}`);
}

function checkpointIn(found: unknown): string {
  if (typeof found !== 'object' || found === null) return 'no checkpoint of the record yet';
  const { origin, size } = found as { readonly origin?: unknown; readonly size?: unknown };
  return `the newest checkpoint of ${String(origin)} has ${String(size)} entries`;
}
