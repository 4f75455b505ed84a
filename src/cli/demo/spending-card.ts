import { transfer, zcn } from '@split-key-kms/client';
import type { PolicyDocument, UnsignedTransaction, WalletAnswer } from '@split-key-kms/client';
import type { Narrator } from './narrator.js';
import { PROVIDER } from './six-steps.js';
import { expectEqual, refused, short } from './stage.js';
import type { Stage } from './stage.js';

const MINUTE = 60;

/** At most 10 ZCN at once, and 30 ZCN in any minute: a real card would say a day. */
const CARD: PolicyDocument = {
  operations: ['transfer'],
  max_value: zcn('10').toString(),
  limits: [{ kind: 'rolling', window_seconds: MINUTE, max_value: zcn('30').toString() }],
  messages: 'none',
};

/** A split key with a policy: three transfers pass, the fourth does not, and a dry run says why and until when. */
export async function spendingCard({ alice }: Stage, narrator: Narrator, wallet: WalletAnswer): Promise<void> {
  const { key } = await narrator.step(
    'Alice makes a spending card: 10 ZCN at once, 30 ZCN in any minute',
    () => alice.splitKeys.create(wallet.client_id, { policy: CARD }),
    ({ answer }) => `user key ${short(answer.public_key)}`,
  );
  const payment = (nonce: number, amount: string): UnsignedTransaction =>
    transfer({ to: PROVIDER, valueSas: zcn(amount), nonce, feeSas: 100_000 });
  for (const nonce of [101, 102, 103]) {
    await narrator.step(
      'The card pays 10 ZCN',
      () => key.signTransaction(payment(nonce, '10')),
      ({ signature }) => short(signature),
    );
  }
  await narrator.step(
    'It pays once more',
    () => refused('SIGNING.NOT_ALLOWED', key.signTransaction(payment(104, '10'))),
    ({ detail, retryAfterSeconds = 0 }) => {
      expectEqual('when it will be possible', retryAfterSeconds > 0 && retryAfterSeconds <= MINUTE, true);
      return `refused, in ${retryAfterSeconds} s it will be possible: ${detail}`;
    },
  );
  await narrator.step(
    'A dry run explains it, and signs and counts nothing',
    () => key.tryTransaction(payment(105, '1')),
    ({ allowed, message, limits }) => {
      expectEqual('the dry run', allowed, false);
      expectEqual('what is left of the limit', limits[0]?.left_value, '0');
      return message;
    },
  );
}
