import { Controller, Get, Inject, Logger, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../identity/access.js';
import { KeySetKeeper } from '../identity/key-set-keeper.js';
import { Readiness } from '../readiness/readiness.js';
import { LiveAnswer, ReadyAnswer } from './health.answers.js';

/** Nest's injection token for the settings that weaken the service, a line each. */
export const WARNINGS = Symbol('warnings');

@ApiTags('Operation')
@Controller('health')
export class HealthController {
  readonly #log = new Logger('Health');
  /** As they were last told in the log. */
  #told = '{}';
  #toldWarnings = '[]';

  constructor(
    private readonly readiness: Readiness,
    @Inject(KeySetKeeper) keySet: KeySetKeeper,
    @Inject(WARNINGS) private readonly warnings: readonly string[],
  ) {
    if (keySet.state() === undefined) return;
    readiness.add('key_set', () => {
      const state = keySet.state();
      return state === undefined || state.isUsable ? undefined : state.reason;
    });
  }

  @Get('live')
  @Access('public')
  @ApiOperation({ operationId: 'health-live', summary: 'Whether the process answers', security: [] })
  @ApiOkResponse({ type: LiveAnswer })
  live(): LiveAnswer {
    return { status: 'live' };
  }

  @Get('ready')
  @Access('public')
  @ApiOperation({
    operationId: 'health-ready',
    summary: 'Whether it can sign and record',
    description:
      'Looks at every part that signing needs. The database is written to, in a way that changes nothing, at most every ' +
      'five seconds however often this is asked.',
    security: [],
  })
  @ApiOkResponse({ type: ReadyAnswer })
  @ApiServiceUnavailableResponse({ type: ReadyAnswer, description: 'At least one check is not ready' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyAnswer> {
    const [found, passing] = await Promise.all([this.readiness.look(), this.readiness.warnings()]);
    const looked = [...found];
    const checks = looked.map(([name, objection]) => [name, objection === undefined ? 'ready' : 'not ready'] as const);
    const objections = looked.flatMap(([name, objection]) => (objection === undefined ? [] : [[name, objection]]));
    const reasons = Object.fromEntries(objections) as Record<string, string>;
    const isReady = objections.length === 0;
    if (!isReady) void reply.status(503);
    this.#tellChange(JSON.stringify(reasons));
    this.#tellWarnings(JSON.stringify(passing));
    const warnings = [...this.warnings, ...passing];
    return {
      status: isReady ? 'ready' : 'not ready',
      // The engines passed their known-answer tests before the server listened, or it would not listen.
      checks: { engine: 'ready', ...Object.fromEntries(checks) },
      ...(isReady ? {} : { reasons }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  }

  /** In the log once, however often it is asked. */
  #tellChange(reasons: string): void {
    if (reasons === this.#told) return;
    this.#told = reasons;
    this.#log.warn(reasons === '{}' ? 'ready again' : `not ready: ${reasons}`);
  }

  #tellWarnings(warnings: string): void {
    if (warnings === this.#toldWarnings) return;
    this.#toldWarnings = warnings;
    this.#log.warn(warnings === '[]' ? 'nothing to warn of any more' : `warnings: ${warnings}`);
  }
}
