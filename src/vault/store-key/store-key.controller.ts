import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiExtraModels, ApiTags } from '@nestjs/swagger';
import type { Alongside } from '../../audit/recorded-work.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { CurrentDialect } from '../../http/dialect/dialect.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { Payload } from '../../http/body/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import type { Wallet } from '../domain/wallet.js';
import { KeptAnswers } from '../kept-answers/kept-answers.js';
import { ApiRepeatable, OF_ANY_REPETITION, Repeatable } from '../kept-answers/repeatable-call.request.js';
import type { RepeatableCall } from '../kept-answers/kept-answer.js';
import { walletAnswer, WalletAnswer } from '../wire/wallet-answer.js';
import { readKeyToStore } from './store-key.request.js';
import { PrivateKeyForm, STORE_FORMS, WalletFileForm, WordsForm } from './store-forms.body.js';
import { StoreKeyBody } from './store-key.body.js';
import { StoreKey } from './store-key.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class StoreKeyController {
  constructor(
    private readonly storeKey: StoreKey,
    private readonly kept: KeptAnswers,
  ) {}

  @Post('store')
  @HttpCode(201)
  @Access('token')
  @UseCase(StoreKey.action, {
    summary: 'Store the private key of a wallet made elsewhere',
    description:
      'The private key, the words alone, or a `wallet.json` of the command-line tools as it is. The client key and ' +
      'client id are derived; those that come along must be the same. A wallet file and the words alone are checked, ' +
      'and what contradicts itself is refused. Storing your own key again is fine.',
    errors: [...OF_ANY_BODY, ...OF_ANY_REPETITION, 'STORE.INCONSISTENT', 'WALLET.QUOTA'],
  })
  @ApiExtraModels(PrivateKeyForm, WordsForm, WalletFileForm)
  @ApiBody(STORE_FORMS)
  @ApiRepeatable()
  @ApiCreatedResponse({ type: WalletAnswer })
  store(
    @TokenCaller() actor: TokenActor,
    @Payload(StoreKeyBody) body: StoreKeyBody,
    @CurrentDialect() dialect: Dialect,
    @Repeatable() call: RepeatableCall | undefined,
  ): Promise<WalletAnswer> {
    return this.kept.answer(actor, StoreKey.action, call, {
      make: (alongside?: Alongside<Wallet>) => this.storeKey.execute(actor, readKeyToStore(body, dialect), alongside),
      show: (wallet) => walletAnswer(wallet),
      about: ({ id }) => ({ walletId: id }),
    });
  }
}
