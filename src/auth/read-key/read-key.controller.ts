import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { ApiPeerPublicKey, CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam, PeerPublicKeyHeader } from '../../wire/named-inputs.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { ReadKey } from './read-key.js';

class KeyAnswer {
  @ApiProperty({ description: 'when it last signed, in seconds since 1970; 0 = not yet', example: 0 })
  last_used!: number;
}

@ApiTags('Signing')
@Controller(['', 'zauth'])
export class ReadKeyController {
  constructor(private readonly readKey: ReadKey) {}

  @Get('key/:client_id')
  @Access('token')
  @UseCase(ReadKey.action, {
    summary: 'Read when a split key of yours last signed',
    errors: ['REQUEST.INVALID_FIELD', 'REQUEST.MISSING_HEADER', 'SPLIT_KEY.UNKNOWN'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiPeerPublicKey()
  @ApiOkResponse({ type: KeyAnswer })
  async read(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
  ): Promise<KeyAnswer> {
    return { last_used: await this.readKey.execute(actor, clientId, publicKey) };
  }
}
