import type { Command } from 'commander';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { loadJwtSecret } from '../../config/local-secrets.js';
import { decodeMessage } from '../../crypto/bls0chain/codec.js';
import { StartError } from '../../errors/start-error.js';
import { mintToken } from '../../identity/mint-token.js';
import { parseUserId } from '../../identity/user-id.js';
import { partialFrom } from '../partial-signature.js';
import { addLeaf, tell } from './leaf.js';
import { orCannot } from './or-cannot.js';
import type { Surroundings } from './terminal.js';

const TOKEN_NOTES = `For local use: in production the issuer of your users mints. It is signed with the first JWT_SECRET, or with the secret that
the first start made, which is made now if it is not there.`;

const SIGN_NOTES = `What a wallet does on its own side. The user share comes on standard input, 64 hexadecimal digits: other users of a machine
can read command lines.`;

const NOT_TYPED =
  'the user share comes on standard input, from a file or a pipe: what is typed would stay on the screen';

interface TokenOptions {
  readonly hours: string;
  readonly json?: true;
}

/** Adds `kms token` and `kms sign`. */
export function addClientCommands(program: Command, around: Surroundings, exit: (code: number) => void): void {
  addLeaf(program, {
    name: 'token',
    description: 'mints a token for a user',
    example: 'token alice --hours 1',
    notes: TOKEN_NOTES,
    exit: { 0: 'it was made', 2: 'it was not' },
  })
    .argument('<user>', 'whose token it is to be')
    .option('--hours <hours>', 'how long it holds, 1 to 8760', '12')
    .action(async (user: string, options: TokenOptions) => {
      exit(await orCannot(around, 'make a token', () => token(user, options, around)));
    });
  addLeaf(program, {
    name: 'sign',
    description: 'makes the partial signature of a user share over a hash, or over another message',
    example: 'sign 3f0a…c2 < user-share',
    notes: SIGN_NOTES,
    exit: { 0: 'it was made', 2: 'it was not' },
  })
    .argument('<hash>', 'in hexadecimal, 1 to 1,024 bytes')
    .action(async (hash: string, { json }: { readonly json?: true }) => {
      const run = async (): Promise<number> => {
        const message = decodeMessage(hash, 'hash');
        if (around.input === undefined) throw new StartError(NOT_TYPED);
        const signature = await partialFrom(around.input, message);
        tell(around, json, { lines: [signature], json: { signature } });
        return 0;
      };
      exit(await orCannot(around, 'sign', run));
    });
}

async function token(name: string, { hours, json }: TokenOptions, around: Surroundings): Promise<number> {
  const user = parseUserId(name);
  if (user === undefined) throw new StartError('the user must be 1 to 256 printable characters');
  if (!/^[1-9][0-9]{0,3}$/.test(hours) || Number(hours) > 8760) {
    throw new StartError('--hours must be a whole number from 1 to 8760');
  }
  const configuration = loadConfiguration(around.environment);
  const secret = loadJwtSecret(configuration)?.secret;
  if (secret === undefined) {
    throw new StartError(
      'only JWT_PUBLIC_KEY or JWT_JWKS_URL is configured: tokens come from the issuer who holds the private key',
    );
  }
  const issuedAtSeconds = (around.clock ?? new SystemClock()).nowSeconds();
  const expiresAtSeconds = issuedAtSeconds + Number(hours) * 3600;
  const minted = await mintToken(user, secret, { issuedAtSeconds, expiresAtSeconds }, configuration.tokens);
  tell(around, json, { lines: [minted], json: { token: minted, user, expires_at: expiresAtSeconds } });
  return 0;
}
