import { transferFrom } from './demo-wallet.js';
import type { Narrator } from './narrator.js';
import type { SplitKey, Wallet } from './six-steps.js';
import { expectEqual, short } from './stage.js';
import type { Stage } from './stage.js';

const ONE_ZCN = 10_000_000_000;
const MINUTE = 60;

/** At most 10 ZCN at once, and 30 ZCN in any minute: a real card would say a day. */
const CARD = {
  operations: ['transfer'],
  max_value: String(10 * ONE_ZCN),
  limits: [{ kind: 'rolling', window_seconds: MINUTE, max_value: String(30 * ONE_ZCN) }],
  messages: 'none',
};

interface DryRun {
  readonly allowed: boolean;
  readonly message: string;
  readonly limits: readonly { readonly left_value: string; readonly next_free_at: number }[];
}

/** A split key with a policy: three transfers pass, the fourth does not, and a dry run says why and until when. */
export async function spendingCard(stage: Stage, narrator: Narrator, wallet: Wallet): Promise<void> {
  const { alice, anybody, walletSide } = stage;
  const key = await narrator.step(
    'Alice makes a spending card: 10 ZCN at once, 30 ZCN in any minute',
    () => alice.call<SplitKey>('POST', `/key/${wallet.client_id}`, { policy: CARD }),
    (made) => `user key ${short(made.public_key)}`,
  );
  const holder = anybody.with({ 'X-Peer-Public-Key': key.public_key });
  const payment = (nonce: number, zcn: number): object => {
    const unsigned = transferFrom(wallet.client_id, wallet.client_key, { valueSas: zcn * ONE_ZCN, nonce });
    return { ...unsigned, signature: walletSide.sign(key.private_key, unsigned.hash) };
  };
  for (const nonce of [101, 102, 103]) {
    await narrator.step(
      'The card pays 10 ZCN',
      () => holder.call<string>('POST', '/sign/txn', payment(nonce, 10)),
      short,
    );
  }
  await narrator.step(
    'It pays once more',
    () => holder.refusedUntil('SIGNING.NOT_ALLOWED', 'POST', '/sign/txn', payment(104, 10)),
    ({ detail, retryAfterSeconds }) => {
      const isInWindow = retryAfterSeconds > 0 && retryAfterSeconds <= MINUTE;
      expectEqual('when it will be possible', isInWindow, true);
      return `refused, in ${retryAfterSeconds} s it will be possible: ${detail}`;
    },
  );
  await narrator.step(
    'A dry run explains it, and signs and counts nothing',
    () => holder.call<DryRun>('POST', '/sign/txn?dry_run=1', payment(105, 1)),
    ({ allowed, message, limits }) => {
      expectEqual('the dry run', allowed, false);
      expectEqual('what is left of the limit', limits[0]?.left_value, '0');
      return message;
    },
  );
}
