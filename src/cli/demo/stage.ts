import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadJwtSecret } from '../../config/local-secrets.js';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../crypto/create-engine.js';
import { mintToken } from '../../identity/mint-token.js';
import { parseUserId } from '../../identity/user-id.js';
import type { RunningServer } from '../../server.js';
import { DemoClient } from './demo-client.js';
import { DemoWallet } from './demo-wallet.js';

/** Who takes part in the demo. */
export interface Stage {
  readonly alice: DemoClient;
  readonly bob: DemoClient;
  /** Has no token. */
  readonly anybody: DemoClient;
  /** The wallet's side of the arithmetic, by the engine that the server does not use. */
  readonly walletSide: DemoWallet;
  readonly serverEngine: BlsEngineName;
  readonly walletEngine: BlsEngineName;
}

export async function setTheStage(server: RunningServer, configuration: KmsConfiguration): Promise<Stage> {
  const { blsEngine } = configuration;
  const walletEngine = blsEngine === 'herumi' ? 'noble' : 'herumi';
  const anybody = new DemoClient(server.url);
  return {
    alice: anybody.with({ 'X-Jwt-Token': await tokenFor(configuration, 'alice') }),
    bob: anybody.with({ 'X-Jwt-Token': await tokenFor(configuration, 'bob') }),
    anybody,
    walletSide: new DemoWallet(await createBlsEngine(walletEngine)),
    serverEngine: blsEngine,
    walletEngine,
  };
}

async function tokenFor(configuration: KmsConfiguration, user: string): Promise<string> {
  const userId = parseUserId(user);
  const jwtSecret = loadJwtSecret(configuration)?.secret;
  if (userId === undefined || jwtSecret === undefined) throw new Error('no token can be minted');
  const issuedAtSeconds = new SystemClock().nowSeconds();
  const lifetime = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + 600 };
  return await mintToken(userId, jwtSecret, lifetime, { issuer: undefined, audience: undefined });
}

/** Throws unless the two are the same. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what} is not what it should be`);
}

/** The beginning of a long hexadecimal text. */
export function short(hex: string): string {
  return `${hex.slice(0, 12)}…`;
}
