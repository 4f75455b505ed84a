import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { CLIENT_ID_PARAM } from '../../wire/examples.js';
import { ClientIdParam } from '../../wire/named-inputs.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { MOST_POLICY_VALUES, POLICY_BODY_BYTES } from '../../wire/policy-document.js';
import { WireRestrictions } from '../../wire/wire-restrictions.js';
import { Access } from '../../identity/access.js';
import { SplitKeyBody } from '../make-split-key/split-key.body.js';
import { MakeSplitKey } from '../make-split-key/make-split-key.js';
import { policyIn } from '../make-split-key/split-key.request.js';
import { splitKeyAnswer, SplitKeyAnswer } from '../wire/split-key-answer.js';
import { walletAnswer, WalletAnswer } from '../wire/wallet-answer.js';
import { LegacyGenerate } from './legacy-generate.js';

/** The legacy calls, which exist in the SDK dialect only (wire.md section 4). */
@ApiTags('SDK dialect')
@Controller('zvault')
export class LegacyGenerateController {
  constructor(
    private readonly legacyGenerate: LegacyGenerate,
    private readonly makeSplitKey: MakeSplitKey,
    private readonly restrictions: WireRestrictions,
  ) {}

  @Post('generate')
  @HttpCode(200)
  @Access('token')
  @UseCase(LegacyGenerate.action, {
    summary: 'Legacy: generate a wallet with one split key',
    errors: ['WALLET.QUOTA', 'SPLIT_KEY.QUOTA'],
  })
  @ApiOkResponse({ type: WalletAnswer })
  async wallet(@TokenCaller() actor: TokenActor): Promise<WalletAnswer> {
    const { wallet, mnemonic } = await this.legacyGenerate.execute(actor);
    return walletAnswer(wallet, mnemonic);
  }

  @Post('generate/:client_id')
  @HttpCode(200)
  @Access('token')
  @UseCase(LegacyGenerate.ofSplitKey, {
    summary: 'Legacy: as POST /zvault/key/:client_id',
    bodyLimitBytes: POLICY_BODY_BYTES,
    errors: [...OF_ANY_BODY, 'WALLET.UNKNOWN', 'RESTRICTION.UNKNOWN_GROUP', 'SPLIT_KEY.QUOTA'],
  })
  @ApiParam(CLIENT_ID_PARAM)
  @ApiBody({ type: SplitKeyBody, required: false })
  @ApiOkResponse({ type: SplitKeyAnswer })
  async key(
    @TokenCaller() actor: TokenActor,
    @ClientIdParam() clientId: ClientId,
    @Payload(SplitKeyBody, { optional: true, mostValues: MOST_POLICY_VALUES }) body: SplitKeyBody,
  ): Promise<SplitKeyAnswer> {
    const asked = policyIn(body, 'sdk', this.restrictions);
    return splitKeyAnswer(await this.makeSplitKey.execute(actor, LegacyGenerate.ofSplitKey, { clientId, ...asked }));
  }
}
