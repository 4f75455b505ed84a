import { Controller, Get, Inject, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CONFIGURATION } from '../config/configuration.js';
import type { KmsConfiguration } from '../config/configuration.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Access } from '../identity/access.js';
import { KeySetKeeper } from '../identity/key-set-keeper.js';

class LiveAnswer {
  @ApiProperty({ example: 'live' })
  status!: string;
}

class ReadyAnswer {
  @ApiProperty({ enum: ['ready', 'not ready'], example: 'ready' })
  status!: 'ready' | 'not ready';

  @ApiProperty({ example: { engine: 'ready', database: 'ready' }, additionalProperties: { type: 'string' } })
  checks!: Record<string, 'ready' | 'not ready'>;

  @ApiPropertyOptional({
    example: { key_set: 'the key set has not been fetched yet: its endpoint answered 503' },
    additionalProperties: { type: 'string' },
    description: 'why a check is not ready, where more is known',
  })
  reasons?: Record<string, string>;

  @ApiPropertyOptional({ type: [String], description: 'settings that weaken the service' })
  warnings?: string[];
}

@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(KeySetKeeper) private readonly keySet: KeySetKeeper,
    @Inject(CONFIGURATION) private readonly configuration: KmsConfiguration,
  ) {}

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
    summary: 'Whether it can sign: engine tested, database answering, key set usable where one is configured',
    security: [],
  })
  @ApiOkResponse({ type: ReadyAnswer })
  @ApiServiceUnavailableResponse({ type: ReadyAnswer })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyAnswer> {
    const keySet = this.keySet.state();
    const checks: ReadyAnswer['checks'] = {
      // The engines passed their known-answer tests before the server listened, or it would not listen.
      engine: 'ready',
      database: (await this.databaseAnswers()) ? 'ready' : 'not ready',
      ...(keySet === undefined ? {} : { key_set: keySet.isUsable ? 'ready' : 'not ready' }),
    };
    const reasons = keySet === undefined || keySet.isUsable ? {} : { reasons: { key_set: keySet.reason } };
    const isReady = Object.values(checks).every((check) => check === 'ready');
    if (!isReady) void reply.status(503);
    return { status: isReady ? 'ready' : 'not ready', checks, ...reasons, ...this.warnings() };
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      await this.unitOfWork.read(({ manager }) => manager.query('SELECT 1'));
      return true;
    } catch {
      return false;
    }
  }

  private warnings(): { warnings?: string[] } {
    if (this.configuration.txnVerification === 'strict') return {};
    return { warnings: ['TXN_VERIFICATION=trust-hash: restrictions bind nothing that is signed'] };
  }
}
