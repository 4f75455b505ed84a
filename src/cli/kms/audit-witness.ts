import type { Command } from 'commander';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { parseVkey } from '../../audit/tlog/verifier-key.js';
import type { VerifierKey } from '../../audit/tlog/verifier-key.js';
import { startWitness } from '../../audit/witness/start-witness.js';
import type { RunningWitness } from '../../audit/witness/start-witness.js';
import { StartError } from '../../errors/start-error.js';
import { codeOf } from '../../errors/error-code.js';
import { addLeaf } from './leaf.js';
import { printable } from './printable.js';
import { several } from './several.js';
import type { Terminal } from './terminal.js';

interface WitnessOptions {
  readonly state: string;
  readonly key: string;
  readonly name: string;
  readonly log: readonly string[];
  readonly host: string;
  readonly port: string;
  readonly json?: true;
}

const NOTES = `Runs until it is told to stop (SIGTERM, SIGINT). It serves plain HTTP: where others ask over a network that is not yours,
put a TLS proxy in front. Key and state belong together and are made at the first start; they lie where nobody sets them
back together with the log. What it prints at the start goes into AUDIT_WITNESS_URLS of the service.`;

/** Adds `kms audit witness`. */
export function addWitnessCommand(audit: Command, terminal: Terminal, exit: (code: number) => void): void {
  addLeaf(audit, {
    name: 'witness',
    description: 'sees every checkpoint of a log, cosigns it, and lets none pass that takes back another',
    example: 'audit witness --name witness.example/w1 --state /srv/witness --key /srv/witness.key --log VKEY',
    notes: NOTES,
    exit: { 0: 'it was told to stop', 2: 'it could not serve' },
  })
    .requiredOption('--state <folder>', 'where it keeps what it has cosigned')
    .requiredOption('--key <file>', 'its private key, for its owner alone')
    .requiredOption('--name <name>', 'of a key that is made now, by convention a URL without scheme')
    .requiredOption('--log <vkey>', 'the key of a log, as GET /audit/key answers it ("checkpoints"). Several', several)
    .option('--host <address>', 'where it listens', '127.0.0.1')
    .option('--port <port>', '0 takes any free one', '8420')
    .action(async (options: WitnessOptions) => {
      exit(await serve(options, terminal));
    });
}

async function serve(options: WitnessOptions, terminal: Terminal): Promise<number> {
  // Heard from the beginning, so that one that comes early is not lost.
  const told = toldToStop();
  process.umask(0o077);
  try {
    const witness = await started(options, terminal);
    const { host } = options;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${witness.port}`;
    if (options.json === true) terminal.out(JSON.stringify({ vkey: witness.vkey, url }));
    else terminal.out(witness.vkey);
    terminal.error(`listens on ${url}`);
    await told;
    await witness.close();
    return 0;
  } catch (error) {
    terminal.error(printable(`the witness does not start: ${reasonOf(error)}`));
    return 2;
  }
}

function started({ state, key, name, log, host, port }: WitnessOptions, terminal: Terminal): Promise<RunningWitness> {
  return startWitness({
    state,
    key,
    name,
    host,
    port: portIn(port),
    logs: log.map(logKey),
    nowSeconds: () => Math.floor(Date.now() / 1000),
    say: (line) => {
      terminal.error(printable(line));
    },
  });
}

function portIn(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new StartError('--port must be a whole number from 0 to 65535');
  return port;
}

function logKey(vkey: string): VerifierKey {
  const key = parseVkey(vkey, '--log');
  if (key.type !== 'ed25519') throw new StartError('--log must be a key of checkpoints, which are of type 1 (Ed25519)');
  return key;
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof StartError || error instanceof MalformedTlogError) return error.message;
  const code = codeOf(error);
  if (code === undefined) throw error;
  return `it cannot listen there (${code})`;
}
