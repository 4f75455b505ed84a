import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Clock, SystemClock } from '../clock/clock.js';
import { ConfigurationError } from '../config/configuration-error.js';
import { loadConfiguration } from '../config/load-configuration.js';
import { loadJwtSecret } from '../config/local-secrets.js';
import { mintToken } from '../identity/mint-token.js';
import { parseUserId, type UserId } from '../identity/user-id.js';

const USAGE = 'usage: npm run token -- <user> [--hours <1 to 8760, default 12>]';

/** Where a command writes, line by line. */
export interface CommandOutput {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * Mints a token for local use. Writes the token and nothing else to `out`; whatever goes wrong goes to `error`
 * in one line. Makes the secret as the first start would if it is missing.
 *
 * @param words the command line after the script's name
 * @param environment the process's own if `undefined`
 * @returns the exit code: 0, or 1 when no token was made
 */
export async function runTokenCommand(
  words: readonly string[],
  { out, error }: CommandOutput,
  environment?: NodeJS.ProcessEnv,
  clock: Clock = new SystemClock(),
): Promise<number> {
  const request = parseWords(words);
  if (request === undefined) {
    error(USAGE);
    return 1;
  }
  try {
    const configuration = loadConfiguration(environment);
    const secret = loadJwtSecret(configuration)?.secret;
    if (secret === undefined) {
      error('only JWT_PUBLIC_KEY or JWT_JWKS_URL is configured: tokens come from the issuer who holds the private key');
      return 1;
    }
    const issuedAtSeconds = clock.nowSeconds();
    const expiresAtSeconds = issuedAtSeconds + request.hours * 3600;
    out(await mintToken(request.user, secret, { issuedAtSeconds, expiresAtSeconds }, configuration.tokens));
    return 0;
  } catch (failure) {
    if (!(failure instanceof ConfigurationError)) throw failure;
    error(failure.message);
    return 1;
  }
}

function parseWords(words: readonly string[]): { user: UserId; hours: number } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { hours: { type: 'string', default: '12' } },
      allowPositionals: true,
    });
    const user = positionals.length === 1 ? parseUserId(positionals[0]) : undefined;
    const hours = /^[1-9][0-9]{0,3}$/.test(values.hours) ? Number(values.hours) : Number.NaN;
    return user === undefined || !(hours <= 8760) ? undefined : { user, hours };
  } catch {
    // parseArgs throws on options that it does not know.
    return undefined;
  }
}

function isMainScript(): boolean {
  const script = process.argv[1];
  return script !== undefined && import.meta.url === pathToFileURL(realpathSync(script)).href;
}

if (isMainScript()) {
  process.exitCode = await runTokenCommand(process.argv.slice(2), { out: console.log, error: console.error });
}
