import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { Alongside } from '../../audit/recorded-work.js';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import type { CreatedWallet } from './create-wallet.js';
import { KeptAnswers } from '../kept-answers/kept-answers.js';
import { ApiRepeatable, OF_ANY_REPETITION, Repeatable } from '../kept-answers/repeatable-call.request.js';
import type { RepeatableCall } from '../kept-answers/kept-answer.js';
import { walletAnswer, WalletAnswer } from '../wire/wallet-answer.js';
import { CreateWallet } from './create-wallet.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class CreateWalletController {
  constructor(
    private readonly createWallet: CreateWallet,
    private readonly kept: KeptAnswers,
  ) {}

  @Post('wallet')
  @HttpCode(201)
  @Access('token')
  @UseCase(CreateWallet.action, {
    summary: 'Generate a new wallet',
    description: 'Makes a master key, keeps it sealed, and shows its 24 words this once: write them down.',
    errors: [...OF_ANY_REPETITION, 'WALLET.QUOTA'],
  })
  @ApiRepeatable()
  @ApiCreatedResponse({ type: WalletAnswer })
  create(@TokenCaller() actor: TokenActor, @Repeatable() call: RepeatableCall | undefined): Promise<WalletAnswer> {
    return this.kept.answer(actor, CreateWallet.action, call, {
      make: (alongside?: Alongside<CreatedWallet>) => this.createWallet.execute(actor, alongside),
      show: ({ wallet, mnemonic }) => walletAnswer(wallet, mnemonic),
      about: ({ wallet }) => ({ walletId: wallet.id }),
    });
  }
}
