import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../identity/actor.js';
import type { TokenActor } from '../../identity/actor.js';
import { UseCase } from '../../http/openapi/use-case.js';
import { Access } from '../../identity/access.js';
import { walletAnswer, WalletAnswer } from '../wire/wallet-answer.js';
import { CreateWallet } from './create-wallet.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class CreateWalletController {
  constructor(private readonly createWallet: CreateWallet) {}

  @Post('wallet')
  @HttpCode(201)
  @Access('token')
  @UseCase(CreateWallet.action, {
    summary: 'Generate a new wallet',
    description: 'Makes a master key, keeps it sealed, and shows its 24 words this once: write them down.',
    errors: ['WALLET.QUOTA'],
  })
  @ApiCreatedResponse({ type: WalletAnswer })
  async create(@TokenCaller() actor: TokenActor): Promise<WalletAnswer> {
    const { wallet, mnemonic } = await this.createWallet.execute(actor);
    return walletAnswer(wallet, mnemonic);
  }
}
