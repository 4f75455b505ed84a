import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load-configuration.js';
import { initialise } from '../installation/initialise.js';
import { migrate, revertOne, shownMigrations } from '../installation/migrate.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import { addLeaf, tell } from './leaf.js';
import type { Told } from './leaf.js';
import { orCannot } from './or-cannot.js';
import type { Surroundings } from './terminal.js';

const SERVE_NOTES = `What npm start serves, in this process, with the settings of the environment. SIGTERM and SIGINT end it in good order,
SIGHUP has it read the TLS files again. --json tells where it listens as one line.`;

const INIT_NOTES = `Once, before the first start in production. Where a database is already, nothing is changed.`;

const MIGRATE_NOTES = `For the database that the settings name (DATA_DIR, DATABASE), while the service is stopped. A start does it by itself.`;

interface MigrateOptions {
  readonly show?: true;
  readonly revert?: true;
  readonly json?: true;
}

/** Adds `kms serve`, `kms init` and `kms migrate`. */
export function addInstallationCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'serve',
    description: 'serves, until it is told to stop',
    example: 'serve',
    notes: SERVE_NOTES,
    exit: { 0: 'it was told to stop', 1: 'it could not start' },
  }).action(async () => {
    await import('../../main.js');
  });
  addLeaf(program, {
    name: 'init',
    description: 'makes the database of a new installation',
    example: 'init',
    notes: INIT_NOTES,
    exit: { 0: 'it was made', 2: 'it was not' },
  }).action(async ({ json }: { readonly json?: true }) => {
    const run = async (): Promise<number> => {
      const configuration = loadConfiguration(around.environment);
      const made = await initialise(configuration);
      const { provider } = configuration.kek;
      const key = provider === 'file' ? 'the sealing key' : `the key of KEK_PROVIDER=${provider}`;
      const lines = [
        ...made.map((path) => `made ${path} (mode 0600)`),
        `back ${key} up, apart from the database: without it nothing can be opened`,
      ];
      tell(around, json, { lines, json: { made } });
      return 0;
    };
    exit(await orCannot(around, 'initialise', run));
  });
  addLeaf(program, {
    name: 'migrate',
    description: 'brings the tables of the stopped service’s database to this release',
    example: 'migrate --show',
    notes: MIGRATE_NOTES,
    exit: { 0: 'it was done', 2: 'it was not' },
  })
    .option('--show', 'lists the changes of the tables and which were made, and changes nothing')
    .option('--revert', 'takes the newest change back, for a return to an earlier release')
    .action(async (options: MigrateOptions) => {
      const run = async (): Promise<number> => {
        const work = options.show === true ? show : options.revert === true ? revert : runAll;
        // An interrupted first start has left a file without tables: these are what it is to get.
        const configuration = { ...loadConfiguration(around.environment), production: false };
        tell(around, options.json, await onStoppedDatabase(configuration, around.error, work));
        return 0;
      };
      exit(await orCannot(around, 'migrate', run));
    });
}

function show(database: string): Told {
  const all = shownMigrations(database);
  return {
    lines: all.map(({ name, isRun }, index) => `[${isRun ? 'X' : ' '}] ${index + 1} ${name}`),
    json: { migrations: all.map(({ name, isRun }) => ({ name, is_run: isRun })) },
  };
}

async function runAll(database: string): Promise<Told> {
  const ran = await migrate(database);
  return {
    lines: ran.length === 0 ? ['the tables are of this release already'] : ran.map((name) => `ran ${name}`),
    json: { ran },
  };
}

async function revert(database: string): Promise<Told> {
  const reverted = await revertOne(database);
  return {
    lines: [reverted === undefined ? 'there is nothing to take back' : `took ${reverted} back`],
    json: { reverted: reverted ?? null },
  };
}
