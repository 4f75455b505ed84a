import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock/clock.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { isLoopback } from '../config/loopback.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { DomainError } from '../errors/domain-error.js';
import { requiredJsonObject } from '../http/body/json-document.js';
import { bodyTextOf } from '../http/body/raw-body.js';
import { Refusals } from '../http/errors/refusals.js';
import { mintToken } from '../identity/mint-token.js';
import { parseUserId } from '../identity/user-id.js';
import { builtFiles } from './built-files.js';
import { CONSOLE_HEADERS } from './console-headers.js';
import { SignInCodes } from './sign-in-codes.js';

/** Who the link signs in, as the README's tour does. */
const USER = 'alice';
const TOKEN_HOURS = 8;
/** Names of these files have the hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

/** What a link for signing in is made of. */
export type IssueCode = () => string;

/**
 * Serves the console at `/console/`, and sends browsers there from `/`. Outside production, on the loopback and with a
 * secret that mints, it gives what issues a code that signs in once: for the terminal of whoever started the service.
 */
export function serveConsole(
  app: NestFastifyApplication,
  configuration: KmsConfiguration,
  tokenSecret: SecretBytes | undefined,
): IssueCode | undefined {
  const files = configuration.console === 'on' ? builtFiles() : undefined;
  if (files === undefined) return undefined;
  const fastify = app.getHttpAdapter().getInstance();
  const refusals = app.get(Refusals);
  const unknown = (request: FastifyRequest, reply: FastifyReply): void => {
    refusals.tell(new DomainError('REQUEST.ROUTE_UNKNOWN', 'there is no such route'), request, reply);
  };
  const show = (path: string, request: FastifyRequest, reply: FastifyReply): void => {
    const file = files.get(path);
    if (file === undefined) {
      unknown(request, reply);
      return;
    }
    void reply.headers({ ...CONSOLE_HEADERS, 'content-type': file.type });
    if (path.startsWith('assets/')) void reply.header('cache-control', FOREVER);
    void reply.send(file.bytes);
  };
  // Relative, so that it is right behind a proxy's path too.
  fastify.get('/', (request, reply) => {
    if (request.headers.accept?.includes('text/html') === true) void reply.redirect('console/', 302);
    else unknown(request, reply);
  });
  fastify.get('/console', (_request, reply) => void reply.redirect('console/', 302));
  fastify.get('/console/', (request, reply) => {
    show('index.html', request, reply);
  });
  fastify.get<{ Params: { file: string } }>('/console/assets/:file', (request, reply) => {
    show(`assets/${request.params.file}`, request, reply);
  });
  const isLocal = isLoopback(configuration.host) && !configuration.production;
  if (!isLocal || tokenSecret === undefined) return undefined;
  const codes = new SignInCodes(app.get(Clock));
  fastify.post('/console/sign-in', async (request, reply) => {
    try {
      const { code } = requiredJsonObject(bodyTextOf(request));
      if (typeof code !== 'string' || !codes.redeem(code)) {
        throw new DomainError('TOKEN.INVALID', 'the code was used, is too old, or was never one');
      }
      return await reply
        .headers(CONSOLE_HEADERS)
        .send({ token: await tokenOf(configuration, tokenSecret, app.get(Clock)) });
    } catch (error) {
      refusals.tell(error, request, reply);
      return reply;
    }
  });
  return () => codes.issue();
}

async function tokenOf({ tokens }: KmsConfiguration, secret: SecretBytes, clock: Clock): Promise<string> {
  const user = parseUserId(USER);
  if (user === undefined) throw new Error('no user');
  const issuedAtSeconds = clock.nowSeconds();
  const lifetime = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + TOKEN_HOURS * 3600 };
  return await mintToken(user, secret, lifetime, tokens);
}
