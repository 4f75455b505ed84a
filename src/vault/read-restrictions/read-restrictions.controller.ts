import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { ApiPeerPublicKey } from '../../wire/examples.js';
import { PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { ReadRestrictions } from './read-restrictions.js';

@ApiTags('Restrictions')
@Controller(['', 'zvault'])
export class ReadRestrictionsController {
  constructor(
    private readonly readRestrictions: ReadRestrictions,
    private readonly restrictions: WireRestrictions,
  ) {}

  @Get('restrictions')
  @Access('token')
  @UseCase(ReadRestrictions.action, {
    summary: 'Read what a split key of yours may sign',
    description: '`["*"]` for a split key without a list.',
    errors: ['REQUEST.INVALID_FIELD', 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN', 'POLICY.UNREADABLE'],
  })
  @ApiPeerPublicKey()
  @ApiOkResponse({ schema: { type: 'array', items: { type: 'string' }, example: ['token_transfers'] } })
  async read(
    @TokenCaller() actor: TokenActor,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @CurrentDialect() dialect: Dialect,
  ): Promise<string[]> {
    return this.restrictions.show(await this.readRestrictions.execute(actor, publicKey), dialect);
  }
}
