import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ConfigurationError } from '../../config/configuration-error.js';
import type { ListenerConfiguration } from '../../config/configuration.js';
import type { PublicUrl } from '../../config/public-url.js';
import { packageVersion } from './package-version.js';
import { Problem } from '../errors/problem.js';

const DESCRIPTION = [
  "Split-key key management for 0Chain wallets. **ZVault** keeps a wallet's master key sealed and splits it into a user",
  'share and a hidden server share; **ZAuth** adds the second signature to what the user share has signed.',
  '',
  'Press *Authorize* and paste a token (locally: `npm run token -- alice`). Then run, in this order: `POST /store`,',
  '`POST /key/{client_id}`, `GET /keys/{client_id}`; or `POST /zauth/setup`, `POST /sign/msg`, `POST /sign/txn`. The',
  'examples run as they stand. **They use public test keys: never put real funds behind them.**',
  '',
  'The same calls are served under `/zvault` and `/zauth` as gosdk and the WASM SDK expect them: success is always 200,',
  'an error is one line of text. Calls that exist only there are listed under *SDK dialect*.',
].join('\n');

const SDK_ONLY_TAG = 'SDK dialect';

/** Serves the OpenAPI document at `/openapi.json` and Swagger UI at `/docs`, if on any port. */
export function serveOpenApi(
  app: NestFastifyApplication,
  { publicUrl, docs }: Pick<ListenerConfiguration, 'publicUrl' | 'docs'>,
): void {
  const document = openApiDocument(app, publicUrl);
  if (docs === 'off') return;
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Split-key KMS',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tagsSorter: undefined },
  });
}

function openApiDocument(app: NestFastifyApplication, publicUrl?: PublicUrl): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Split-key KMS: ZVault and ZAuth')
    .setDescription(DESCRIPTION)
    .setVersion(packageVersion())
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Jwt-Token' }, 'token')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addTag('Wallets', 'ZVault: master keys')
    .addTag('Split keys', 'ZVault: making, listing and revoking split keys')
    .addTag('Sharing', 'ZVault: lending a split key to another user')
    .addTag('Restrictions', 'ZVault: what a split key may sign')
    .addTag('Policies', 'ZAuth: all of what a split key may sign, and what it can still do at most')
    .addTag('Signing', 'ZAuth: the second signature')
    .addTag(SDK_ONLY_TAG, 'Calls that exist only under /zvault and /zauth; their errors are plain text')
    .addTag('Record', 'What the service signs of its record, for whoever checks it')
    .addTag('Operation', 'Health and metrics')
    .addSecurityRequirements('token')
    .addSecurityRequirements('bearer');
  builder.setExternalDoc('This document as JSON', `${publicUrl?.href ?? ''}/openapi.json`);
  if (publicUrl !== undefined) builder.addServer(publicUrl.href);
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [Problem] });
  if (publicUrl !== undefined) requireOwnPrefix(publicUrl, Object.keys(document.paths));
  return withoutRepeatedPaths(document);
}

/** Throws when a call of ours begins like the prefix: nobody could tell whether a proxy has taken it away. */
function requireOwnPrefix({ prefix }: PublicUrl, paths: readonly string[]): void {
  const first = (path: string): string => path.split('/')[1] ?? '';
  if (prefix === '' || !['/docs', '/openapi.json', '/console', ...paths].map(first).includes(first(prefix))) return;
  throw new ConfigurationError('PUBLIC_URL', `must not have a path that begins with /${first(prefix)}, as calls do`);
}

/** Drops the SDK dialect's copies of documented calls, and gives what remains of it the errors it really has. */
function withoutRepeatedPaths(document: OpenAPIObject): OpenAPIObject {
  const paths: OpenAPIObject['paths'] = {};
  for (const [path, item] of Object.entries(document.paths)) {
    const isSdk = /^\/(zvault|zauth)\//.test(path);
    const isSdkOnly = [item.get, item.put, item.post].some((call) => call?.tags?.includes(SDK_ONLY_TAG) === true);
    if (!isSdk) paths[path] = item;
    else if (isSdkOnly) paths[path] = withPlainTextErrors(item);
  }
  return { ...document, paths };
}

function withPlainTextErrors<Item>(item: Item): Item {
  const plain = { 'text/plain': { schema: { type: 'string' } } };
  return JSON.parse(JSON.stringify(item), (key, value: unknown) =>
    key === 'content' && typeof value === 'object' && value !== null && 'application/problem+json' in value
      ? plain
      : value,
  ) as Item;
}
