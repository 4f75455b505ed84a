import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Checkpoints } from '../audit/log/checkpoints.js';
import { RowChecks } from '../audit/rows/row-checks.js';
import { RecordedWork } from '../audit/recorded-work.js';
import type { StorageConfiguration } from '../config/configuration.js';
import { StoredWords } from '../events/stored-words.js';
import type { KekDesk } from '../data-keys/kek-desk.js';
import { Readiness } from '../readiness/readiness.js';
import { ServiceSeal } from '../readiness/service-seal.js';
import { kekCommands } from './kek-commands.js';
import { operatorCommands } from './operator-commands.js';
import { OperatorSocket } from './operator-socket.js';

/**
 * Has an operator reach the service by a file; `undefined` where it has no place for one. Rejects with `StartError` when it
 * was asked for and cannot be made; the usual one is then missed, and that is logged.
 */
export async function openOperatorSocket(
  app: NestFastifyApplication,
  { operatorSocket: path, needsOperatorSocket }: Pick<StorageConfiguration, 'operatorSocket' | 'needsOperatorSocket'>,
  desk: KekDesk,
): Promise<OperatorSocket | undefined> {
  if (path === undefined) return undefined;
  const log = new Logger('Operator');
  const ofService = operatorCommands({
    seal: app.get(ServiceSeal),
    readiness: app.get(Readiness),
    recorded: app.get(RecordedWork),
    words: app.get(StoredWords, { strict: false }),
    checkRows: (say) => app.get(RowChecks).whole(say),
    checkpoint: () => {
      const newest = app.get(Checkpoints).newest;
      return newest === undefined ? undefined : { origin: newest.origin, size: newest.size };
    },
    log,
  });
  try {
    return await OperatorSocket.open(path, { ...ofService, ...kekCommands(desk) });
  } catch (error) {
    if (needsOperatorSocket) throw error;
    log.warn(`${String(error)}: kms status, seal, unseal and kek cannot reach this service`);
    return undefined;
  }
}
