import { Controller, Header, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentActor } from '../../audit/actor.js';
import type { Actor } from '../../audit/actor.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { BodyText } from '../../http/body-text.js';
import { ApiPeerPublicKey, EXAMPLE_TRANSACTION_COMBINED } from '../../http/examples.js';
import { PeerPublicKeyHeader } from '../../http/named-inputs.js';
import { OF_ANY_BODY, UseCase } from '../../http/use-case.js';
import { Access } from '../../identity/access.js';
import { withSignature } from '../../restrictions/parse-transaction.js';
import { ObservedSigning } from '../signing/observed-signing.js';
import { OF_ANY_SIGNING } from '../signing/signing-errors.js';
import { SignTransaction } from './sign-transaction.js';
import { TransactionBody } from './transaction.body.js';

/** Unknown fields of a transaction are not signed, and so ignored in either dialect. */
const OF_TRANSACTION_BODY = OF_ANY_BODY.filter((code) => code !== 'REQUEST.UNKNOWN_FIELD');

@ApiTags('Signing')
@Controller(['', 'zauth'])
export class SignTransactionController {
  constructor(
    private readonly signTransaction: SignTransaction,
    private readonly observed: ObservedSigning,
  ) {}

  @Post('sign/txn')
  @HttpCode(200)
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Access('partial-signature')
  @UseCase('sign-transaction', {
    summary: 'Get the second signature over a transaction, combined with yours',
    description: 'Needs no token: the partial signature is the authentication. The answer is a JSON string.',
    errors: [...OF_TRANSACTION_BODY, ...OF_ANY_SIGNING, 'TRANSACTION.HASH_MISMATCH'],
    tokenIsOptional: true,
  })
  @ApiPeerPublicKey(true)
  @ApiQuery({
    name: 'reply',
    required: false,
    enum: ['transaction'],
    description: 'answer with the whole transaction, its signature replaced, as clients up to v1.17 expect',
  })
  @ApiBody({ type: TransactionBody })
  @ApiOkResponse({
    description: 'the combined signature, 64 hexadecimal characters',
    schema: { type: 'string', example: EXAMPLE_TRANSACTION_COMBINED },
  })
  sign(
    @CurrentActor() actor: Actor,
    @PeerPublicKeyHeader() publicKey: PublicKeyHex,
    @BodyText() text: string,
    @Query('reply') reply?: unknown,
  ): Promise<string> {
    return this.observed.of('transaction', async () => {
      const { transaction, signatureHex } = await this.signTransaction.execute(actor, publicKey, text);
      // Serialised here: numbers beyond 2^53 must keep their digits.
      return reply === 'transaction' ? withSignature(transaction, signatureHex) : JSON.stringify(signatureHex);
    });
  }
}
