import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { TokenCaller } from '../../audit/actor.js';
import type { TokenActor } from '../../audit/actor.js';
import { decodeSecretKey } from '../../crypto/bls0chain/codec.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { Payload } from '../../http/payload.js';
import { OF_ANY_BODY, UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { walletAnswer, WalletAnswer } from '../wire/wallet-answer.js';
import { StoreKeyBody } from './store-key.body.js';
import { StoreKey } from './store-key.js';

@ApiTags('Wallets')
@Controller(['', 'zvault'])
export class StoreKeyController {
  constructor(private readonly storeKey: StoreKey) {}

  @Post('store')
  @HttpCode(201)
  @Access('token')
  @UseCase('store-key', {
    summary: 'Store the private key of a wallet made elsewhere',
    description: 'The client key and client id are derived from the key. Storing your own key again is fine.',
    errors: OF_ANY_BODY,
  })
  @ApiBody({ type: StoreKeyBody })
  @ApiCreatedResponse({ type: WalletAnswer })
  async store(@TokenCaller() actor: TokenActor, @Payload(StoreKeyBody) body: StoreKeyBody): Promise<WalletAnswer> {
    const wallet = await this.storeKey.execute(actor, {
      masterKey: decodeSecretKey(body.private_key, 'private_key'),
      mnemonic: body.mnemonic ? new SecretBytes(Buffer.from(body.mnemonic, 'utf8')) : undefined,
    });
    return walletAnswer(wallet);
  }
}
