import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Dialect } from '../../http/dialect/dialect.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import type { ListedSplitKey, SplitKey } from '../domain/split-key.js';
import type { ListedWallet, Wallet } from '../domain/wallet.js';
import { answerWith, SplitKeyAnswer, splitKeyAnswer } from './split-key-answer.js';

/** In the documented API a list tells more: clients of the SDK dialect know no more fields. */
export class ListedWalletAnswer extends SplitKeyAnswer {
  @ApiProperty({ description: 'whether the wallet is frozen: nothing is signed with any of its split keys' })
  frozen!: boolean;

  @ApiPropertyOptional({ description: 'since when, in seconds since 1970; absent when it is not frozen' })
  frozen_at?: number;
}

/** And of a split key, whether it is lent. */
export class ListedSplitKeyAnswer extends ListedWalletAnswer {
  @ApiPropertyOptional({ description: 'when it was shared, in seconds since 1970; absent when it is not shared' })
  shared_at?: number;

  @ApiPropertyOptional({ description: 'when its recipient declined it; absent when they have not' })
  declined_at?: number;
}

/** An entry of a list. A dead key's user share is left out. Of the shares, `none` leaves all out, and sealed. */
export function listedSplitKeyAnswer(
  dialect: Dialect,
): (listed: ListedSplitKey, shares: PageAsked['shares']) => SplitKeyAnswer | ListedSplitKeyAnswer {
  return (listed, shares) => {
    const { splitKey } = listed;
    const userShare = shares === 'none' ? undefined : listed.openUserShare();
    const answer = userShare === undefined ? answerWith(splitKey, '') : splitKeyAnswer({ splitKey, userShare });
    return dialect === 'sdk' ? answer : Object.assign(answer, frozenPart(listed), timesOfLoan(splitKey));
  };
}

/** A wallet's own entry in GET `/wallets`: no secret in it. */
export function listedWalletAnswer(dialect: Dialect): (listed: ListedWallet) => SplitKeyAnswer | ListedWalletAnswer {
  return (listed) => {
    const answer = masterKeyAnswer(listed.wallet);
    return dialect === 'sdk' ? answer : Object.assign(answer, frozenPart(listed));
  };
}

function frozenPart({
  frozenAtSeconds,
}: Pick<ListedWallet, 'frozenAtSeconds'>): Pick<ListedWalletAnswer, 'frozen' | 'frozen_at'> {
  return frozenAtSeconds === undefined ? { frozen: false } : { frozen: true, frozen_at: frozenAtSeconds };
}

function timesOfLoan({ sharedAtSeconds, declinedAtSeconds }: SplitKey): Partial<ListedSplitKeyAnswer> {
  return {
    ...(sharedAtSeconds === 0 ? {} : { shared_at: sharedAtSeconds }),
    ...(declinedAtSeconds === 0 ? {} : { declined_at: declinedAtSeconds }),
  };
}

function masterKeyAnswer(wallet: Wallet): SplitKeyAnswer {
  return {
    user_id: wallet.ownerId,
    client_id: wallet.clientId,
    client_key: wallet.clientKeyHex,
    private_key: '',
    public_key: wallet.clientKeyHex,
    peer_public_key: '',
    mnemonics: '',
    shared_to: '',
    is_revoked: false,
    created_at: Math.floor(wallet.createdAtMilliseconds / 1000),
    expires_at: 0,
  };
}
