import type { Command } from 'commander';
import { loadConfiguration } from '../../config/load-configuration.js';
import { askService, operatorSocketIn } from './ask-service.js';
import type { Answer } from './ask-service.js';
import { addLeaf, tell } from './leaf.js';
import { orCannot } from './or-cannot.js';
import { printable } from './printable.js';
import type { Surroundings } from './terminal.js';

const NOTES = `Has the running service check, while it goes on:

  every row that decides     by its code, and by the version of which the record tells
  every sum of a limit       counted again from the record
  every sealed value         opened, with the current keys alone

What is found is altered from then on: it signs nothing. Whether the record itself is whole: kms audit verify.`;

/** Adds `kms verify`, over the operator's socket. */
export function addVerifyCommand(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'verify',
    description: 'checks every row that decides, every sum of a limit and every sealed value',
    notes: NOTES,
    example: 'verify',
    exit: {
      0: 'all is as it was written',
      1: 'something was altered, or does not open',
      2: 'it could not be looked at',
    },
  }).action(async ({ json }: { readonly json?: true }) => {
    exit(
      await orCannot(around, 'verify', async () => {
        const socket = operatorSocketIn(loadConfiguration(around.environment));
        const say = (line: string): void => {
          around.error(printable(line));
        };
        const rows = await askService(socket, 'verify-rows', {}, say);
        const seals = await askService(socket, 'kek-verify', {}, say);
        tell(around, json, { lines: [...rowLines(rows), ...sealLines(seals)], json: { ...rows, ...seals } });
        return rows['untrue'] === 0 && seals['damaged'] === 0 ? 0 : 1;
      }),
    );
  });
}

function rowLines({ rows, untrue, found }: Answer): readonly string[] {
  const altered = (found as readonly { readonly row: string; readonly why: string }[]).map(
    ({ row, why }) => `altered: ${row} (${why})`,
  );
  return [`checked ${String(rows)} rows: ${String(untrue)} are not as the service wrote them`, ...altered];
}

function sealLines({ values, damaged }: Answer): readonly string[] {
  return [`opened ${String(values)} sealed values: ${String(damaged)} do not open`];
}
