import type { Command } from 'commander';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { addLeaf, tell } from './leaf.js';
import { printable } from './printable.js';
import type { Surroundings } from './terminal.js';

const NOTES = `Beside the running service or while none runs, with its settings and as its user. Looks at settings, files and their
permissions, disk, database, keys, clock, record, and at the service itself, and changes nothing.`;

const SIGNS = { ok: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const;

/** Adds `kms doctor`. */
export function addDoctorCommand(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'doctor',
    description: 'looks at all that the service needs, and says what to do',
    example: 'doctor',
    notes: NOTES,
    exit: { 0: 'nothing is bad', 1: 'something is' },
  }).action(async ({ json }: { readonly json?: true }) => {
    const say = (line: string): void => {
      around.error(printable(line));
    };
    const { environment, clock } = around;
    const findings = await examine({ environment, clock, say });
    const healthy = findings.every(({ state }) => state !== 'bad');
    tell(around, json, { lines: findings.map(lineOf), json: { healthy, findings } });
    exit(healthy ? 0 : 1);
  });
}

function lineOf({ name, state, text }: Finding): string {
  return `${SIGNS[state]} ${name}: ${text}`;
}
