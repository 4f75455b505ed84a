import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RecordedWork } from '../audit/recorded-work.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { parseKekFile } from '../config/kek-file.js';
import { KekDesk } from '../data-keys/kek-desk.js';
import { kekTransactions } from '../data-keys/kek-transactions.js';
import type { OpenedRings } from '../data-keys/ring-sources.js';
import { OpenedDatabase } from '../database/opened-database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SEALED_COLUMNS } from '../sealed-columns.js';
import { isPassphraseAsked, openConfiguredCustody } from './open-custody.js';
import { openKek } from './open-kek.js';
import { StartError } from '../errors/start-error.js';

/** Where an operator changes keys while the service runs. */
export async function openKekDesk(
  app: NestFastifyApplication,
  rings: OpenedRings,
  configuration: KmsConfiguration,
  nowMilliseconds: () => number,
): Promise<KekDesk> {
  const database = app.get(OpenedDatabase);
  const recorded = app.get(RecordedWork);
  const work = {
    ...kekTransactions(app.get(UnitOfWork), (action, done) =>
      recorded.ofItself(action, async (transaction) => {
        const id = await done(transaction);
        return id === undefined ? [] : [{ facts: { key_encryption_key: id } }];
      }),
    ),
    openDescribed: async (text: string, known: Parameters<typeof openKek>[1]['known']) => {
      const described = parseKekFile(text);
      return { kek: await openKek(described, { known, mayBeNew: true }), isZAuths: described.prefix === 'ZAUTH_' };
    },
    openConfigured: () => {
      if (isPassphraseAsked(configuration)) {
        throw new StartError(
          'the passphrase is configured nowhere: set KEK_PASSPHRASE_FILE and restart to change keys',
        );
      }
      return openConfiguredCustody(configuration, { known: rings.passphrases(database) });
    },
    hasAuthKek: configuration.authKek !== undefined,
    nowMilliseconds,
  };
  return new KekDesk(work, await rings.held(database), SEALED_COLUMNS);
}
