import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type DynamicModule,
  type ExceptionFilter,
  Get,
  Logger,
  Module,
  Req,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TokenCaller } from '../../src/identity/actor.js';
import type { TokenActor } from '../../src/identity/actor.js';
import { Clock } from '../../src/clock/clock.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { loadJwtSecret } from '../../src/config/local-secrets.js';
import { DomainError } from '../../src/errors/domain-error.js';
import { Access } from '../../src/identity/access.js';
import { callerOf } from '../../src/identity/caller.js';
import { MetricsModule } from '../../src/metrics/metrics.module.js';
import { RateLimitsModule } from '../../src/rate-limits/rate-limits.module.js';
import { IdentityModule } from '../../src/identity/identity.module.js';
import { KeySetKeeper } from '../../src/identity/key-set-keeper.js';
import type { KeySetState } from '../../src/identity/remote-key-set.js';

@Controller()
class GuardedRoutes {
  @Get('token')
  @Access('token')
  token(@TokenCaller() { userId }: TokenActor): unknown {
    return { userId };
  }

  @Get('partial-signature')
  @Access('partial-signature')
  partialSignature(@Req() fastifyRequest: FastifyRequest): unknown {
    return { userId: callerOf(fastifyRequest)?.userId ?? null };
  }

  @Get('public')
  @Access('public')
  anyone(): unknown {
    return { userId: null };
  }

  @Get('undeclared')
  undeclared(): unknown {
    return { userId: 'nobody should see this' };
  }
}

@Catch(DomainError)
class ShowCode implements ExceptionFilter<DomainError> {
  catch(error: DomainError, host: ArgumentsHost): void {
    const status = error.code.startsWith('TOKEN.') ? 401 : 403;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(status).send({ code: error.code, message: error.message });
  }
}

@Module({})
class ClockModule {
  static of(clock: Clock): DynamicModule {
    return { module: ClockModule, global: true, providers: [{ provide: Clock, useValue: clock }], exports: [Clock] };
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly code: string | undefined;
  readonly userId: string | null | undefined;
}

/** Header names and values in turn; bytes above ASCII are written as UTF-8. */
type RawHeaders = readonly string[];

export interface GuardedApp {
  get(path: string, headers?: RawHeaders): Promise<Answer>;
  /** What readiness would tell of the key set. */
  keySet(): KeySetState | undefined;
  close(): Promise<void>;
}

/** A real server with the real guard, configured as the product is: by environment variables. */
export async function startGuardedApp(environment: NodeJS.ProcessEnv, clock: Clock): Promise<GuardedApp> {
  const directory = mkdtempSync(join(tmpdir(), 'kms-identity-'));
  const configuration = loadConfiguration({ DATA_DIR: directory, ...environment });
  const tokenSecret = loadJwtSecret(configuration)?.secret;

  @Module({
    imports: [
      ClockModule.of(clock),
      MetricsModule,
      RateLimitsModule.of(configuration),
      IdentityModule.of(configuration.tokens, tokenSecret),
    ],
    controllers: [GuardedRoutes],
  })
  class GuardedAppModule {}

  Logger.overrideLogger(false);
  const app = await NestFactory.create<NestFastifyApplication>(GuardedAppModule, new FastifyAdapter());
  app.useGlobalFilters(new ShowCode());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    get: (path, headers = []) => get(`${url}${path}`, headers),
    keySet: () => app.get(KeySetKeeper).state(),
    close: async () => {
      await app.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function get(url: string, headers: RawHeaders): Promise<Answer> {
  const encoded = headers.map((text) => Buffer.from(text).toString('latin1'));
  return new Promise((resolve, reject) => {
    // A raw list is sent as it is, so Host must be in it.
    const sent = request(url, { agent: false, headers: ['Host', new URL(url).host, ...encoded] }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const body = JSON.parse(text) as { code?: string; userId?: string | null };
        resolve({ status: response.statusCode ?? 0, text, code: body.code, userId: body.userId });
      });
    });
    sent.on('error', reject).end();
  });
}
