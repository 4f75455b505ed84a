import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Alongside } from '../../audit/recorded-work.js';
import { shownKeys } from '../../audit/shown-keys.js';
import { Clock } from '../../clock/clock.js';
import type { HeldRing } from '../../data-keys/held-ring.js';
import { DomainError } from '../../errors/domain-error.js';
import type { TokenActor } from '../../identity/actor.js';
import { REQUEST_HASH_KEY } from '../injection-tokens.js';
import { KeptAnswerRepository } from '../persistence/kept-answer.repository.js';
import type { AnswerSubject, RepeatableCall } from './kept-answer.js';

/** How long a call can be repeated. */
export const KEPT_MS = 86_400_000;

/** What is made once, however often it is asked for. */
interface OnceMade<Result, Answer> {
  /** Makes it, and what it is given to do alongside in the same transaction. */
  readonly make: (alongside?: Alongside<Result>) => Promise<Result>;
  /** Its answer, called once: it may wipe the result's secrets. */
  readonly show: (result: Result) => Answer;
  readonly about: (result: Result) => AnswerSubject;
}

/**
 * Answers a call that is repeated, which its idempotency key says, as it was answered first (docs/adr/0032): the answer is kept, sealed, in the
 * transaction that made what it tells of. Only successes are kept: what was refused made nothing and may be tried again.
 */
@Injectable()
export class KeptAnswers {
  /** Calls under way, by user and key: the second of two at once could only wait for the first. */
  readonly #underWay = new Set<string>();

  constructor(
    private readonly recorded: RecordedWork,
    private readonly kept: KeptAnswerRepository,
    private readonly clock: Clock,
    @Inject(REQUEST_HASH_KEY) private readonly hashKeys: HeldRing,
  ) {}

  /**
   * The answer to what `once` makes, or the one that was kept. Without a `call` nothing is kept.
   *
   * Throws `IDEMPOTENCY.KEY_REUSED` when the key was used for another call, `.IN_FLIGHT` while the first one is under
   * way, `.ANSWER_GONE` when what was made is no more or was handed on; and what `make` throws.
   */
  async answer<Result, Answer extends object>(
    actor: TokenActor,
    action: Action,
    call: RepeatableCall | undefined,
    once: OnceMade<Result, Answer>,
  ): Promise<Answer> {
    if (call === undefined) return once.show(await once.make());
    const name = JSON.stringify([actor.userId, call.idempotencyKey]);
    if (this.#underWay.has(name)) {
      throw new DomainError('IDEMPOTENCY.IN_FLIGHT', 'a call with this Idempotency-Key is under way; ask again');
    }
    this.#underWay.add(name);
    try {
      return (
        ((await this.#keptAnswer(actor, action, call)) as Answer | undefined) ?? (await this.#make(actor, call, once))
      );
    } finally {
      this.#underWay.delete(name);
    }
  }

  async #make<Result, Answer extends object>(
    { userId: ownerId }: TokenActor,
    call: RepeatableCall,
    { make, show, about }: OnceMade<Result, Answer>,
  ): Promise<Answer> {
    const shown: Answer[] = [];
    const { idempotencyKey } = call;
    await make((result, transaction) => {
      const now = this.clock.nowMilliseconds();
      const subject = about(result);
      const answer = show(result);
      shown.push(answer);
      const kept = {
        ownerId,
        idempotencyKey,
        requestHash: this.#hash(call),
        about: subject,
        createdAtMilliseconds: now,
      };
      this.kept.add(kept, JSON.stringify(answer), now - KEPT_MS, transaction);
    });
    const [answer] = shown;
    if (answer === undefined) throw new Error('something was made without its answer being kept');
    return answer;
  }

  async #keptAnswer(actor: TokenActor, action: Action, call: RepeatableCall): Promise<object | undefined> {
    const { userId: ownerId } = actor;
    const { idempotencyKey } = call;
    const kept = await this.kept.find(ownerId, idempotencyKey);
    if (kept === undefined || kept.createdAtMilliseconds <= this.clock.nowMilliseconds() - KEPT_MS) return undefined;
    if (!timingSafeEqual(kept.requestHash, this.#hash(call))) {
      throw new DomainError(
        'IDEMPOTENCY.KEY_REUSED',
        'Idempotency-Key: was used for another call, or with another body; take a new one for each',
        { field: 'Idempotency-Key' },
      );
    }
    // The answer hands out what it did the first time, so it is recorded like that.
    const text = await this.recorded.write(actor, action, (transaction) => {
      const opened = this.kept.openIfTrue({ ownerId, idempotencyKey }, this.clock.nowSeconds(), transaction);
      if (opened === undefined) {
        throw new DomainError(
          'IDEMPOTENCY.ANSWER_GONE',
          'what this call made the first time has been revoked, deleted or handed on since; take a new Idempotency-Key',
        );
      }
      const { text: result, clientId, publicKeyHex, showsShare = false } = opened;
      const shown = showsShare && publicKeyHex !== undefined ? shownKeys([publicKeyHex]) : undefined;
      const facts = { repeated: true, ...(shown === undefined ? {} : { shown }) } as const;
      return Promise.resolve({ result, subject: { clientId, publicKeyHex, facts } });
    });
    call.tellRepeated();
    return JSON.parse(text) as object;
  }

  /** Keyed, since bodies hold private keys. Each part with its length, so that no two calls are hashed alike. */
  #hash({ asked }: RepeatableCall): Uint8Array {
    const hash = createHmac('sha256', this.hashKeys.ring.current.key);
    for (const part of asked) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      hash.update(`${bytes.length}:`).update(bytes);
    }
    return hash.digest();
  }
}
