import { KmsClient, KmsError } from '@split-key-kms/client';
import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadJwtSecret } from '../../config/local-secrets.js';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { createBlsEngine } from '../../crypto/create-engine.js';
import { mintToken } from '../../identity/mint-token.js';
import { parseUserId } from '../../identity/user-id.js';
import type { RunningServer } from '../../server.js';
import { verifierOf } from './witness.js';
import type { Verifies } from './witness.js';

/** Who takes part in the demo. */
export interface Stage {
  readonly alice: KmsClient;
  readonly bob: KmsClient;
  /** By the engine that the server does not use; the client has its own. */
  readonly verifies: Verifies;
  readonly serverEngine: BlsEngineName;
  readonly otherEngine: BlsEngineName;
}

export async function setTheStage(server: RunningServer, configuration: KmsConfiguration): Promise<Stage> {
  const { blsEngine } = configuration;
  const otherEngine = blsEngine === 'herumi' ? 'noble' : 'herumi';
  return {
    alice: new KmsClient({ url: server.url, token: await tokenFor(configuration, 'alice') }),
    bob: new KmsClient({ url: server.url, token: await tokenFor(configuration, 'bob') }),
    verifies: verifierOf(await createBlsEngine(otherEngine)),
    serverEngine: blsEngine,
    otherEngine,
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

/** The refusal that a call ends with. Throws unless it is refused with exactly this code. */
export async function refused(code: KmsError['code'], call: Promise<unknown>): Promise<KmsError> {
  const outcome: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof KmsError && outcome.code === code) return outcome;
  throw new Error(`expected the refusal ${code}`, { cause: outcome });
}

/** Throws unless the two are the same. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what} is not what it should be`);
}

/** The beginning of a long hexadecimal text. */
export function short(hex: string): string {
  return `${hex.slice(0, 12)}…`;
}
