import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariable } from '../config/environment.js';
import { loadConfiguration } from '../config/load-configuration.js';
import { startServer } from '../server.js';
import { keepEvidence, keepKeys, verifyRecord } from './demo/kept-evidence.js';
import type { KeptEvidence } from './demo/kept-evidence.js';
import { Narrator } from './demo/narrator.js';
import { refusals } from './demo/refusals.js';
import { sixSteps } from './demo/six-steps.js';
import { spendingCard } from './demo/spending-card.js';
import { setTheStage } from './demo/stage.js';

/**
 * `npm run demo`: starts a service on a free port of the loopback, in a folder that is removed at the end, and walks a
 * wallet through it; then it verifies the record that this has left. Exits
 * with 1 when anything is not as it should be. `BLS_ENGINE` chooses the server's engine; nothing else is read.
 */
const dataDirectory = mkdtempSync(join(tmpdir(), 'split-key-kms-demo-'));
const narrator = new Narrator((line) => process.stdout.write(`${line}\n`));
try {
  const configuration = loadConfiguration({
    BLS_ENGINE: environmentVariable('BLS_ENGINE'),
    DATA_DIR: dataDirectory,
    AUDIT_CHECKPOINT_SECONDS: '1',
    LOG_LEVEL: 'silent',
    PORT: '0',
  });
  const server = await startServer(configuration);
  let kept: KeptEvidence;
  try {
    const stage = await setTheStage(server, configuration);
    narrator.headline(
      `Server: ${stage.serverEngine} engine. What it signs is checked by the ${stage.otherEngine} engine too.`,
    );
    const keys = await keepKeys(stage);
    const signed = await sixSteps(stage, narrator);
    narrator.headline('What is refused, and when');
    await refusals(stage, narrator, signed);
    narrator.headline('A spending card');
    await spendingCard(stage, narrator, signed.wallet);
    narrator.headline('What everybody can prove');
    kept = await keepEvidence(stage, narrator, keys, signed.evidence);
  } finally {
    await server.close();
  }
  await verifyRecord(configuration.database, kept, narrator);
  narrator.headline('All as it should be.');
} catch (error) {
  narrator.failed(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(dataDirectory, { recursive: true, force: true });
}
