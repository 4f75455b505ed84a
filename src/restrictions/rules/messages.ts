import { TRANSACTION_HASH_BYTES } from '../../chain/transaction-hash.js';
import { messageBytes } from '../facts/facts.js';
import { messageTerms } from '../policy/message-terms.js';
import type { MessageTerms } from '../policy/message-terms.js';
import { NOT_CONCERNED } from './rule.js';
import type { Question, Reason, Rule } from './rule.js';

/** A message of another length can be no transaction's hash, so nobody need be shown what it is the hash of. */
function refusal({ policy, facts }: Question): Reason | undefined {
  if (facts.kind === 'transaction') return undefined;
  const isHash = messageBytes(facts) === TRANSACTION_HASH_BYTES;
  switch (messageTerms(policy)) {
    case 'any':
      return undefined;
    case 'typed':
      if (!isHash || facts.text === 'shown') return undefined;
      return facts.text === 'not-shown' ? 'message-without-text' : 'message-reads-as-transaction';
    case 'data':
      return isHash ? 'messages-not-allowed' : undefined;
    case 'none':
      return isHash ? 'messages-not-allowed' : 'data-signing-not-allowed';
  }
}

const ALLOWS: Readonly<Record<MessageTerms, string>> = {
  any: 'any message',
  typed: 'messages whose text is shown and reads as no transaction, and those that are not 32 bytes long',
  data: 'messages that are not 32 bytes long',
  none: 'no messages',
};

const TEXTS = {
  'not-shown': 'without its text',
  shown: 'with its text',
  'reads-as-transaction': 'with a text that reads as a transaction',
} as const;

function asked({ facts }: Question): string {
  if (facts.kind === 'transaction') return NOT_CONCERNED.transaction;
  return `a message of ${messageBytes(facts)} bytes ${TEXTS[facts.text]}`;
}

const SENTENCES: Partial<Record<Reason, string>> = {
  'message-without-text':
    'a message of 32 bytes may be the hash of any transaction, and its text was not sent along (the field "message")',
  'message-reads-as-transaction': 'the text of the message reads as a transaction, which is signed by /sign/txn alone',
  'messages-not-allowed': 'the key signs no messages of 32 bytes, which may be the hash of any transaction',
  'data-signing-not-allowed': 'the key signs no messages',
};

/** Which messages are signed. There for every policy that does not let all of them pass. */
export const messagesRule: Rule = {
  name: 'messages',
  isThere: ({ policy }) => policy.messages !== undefined || messageTerms(policy) !== 'any',
  refusal,
  allows: ({ policy }) => ALLOWS[messageTerms(policy)],
  asked,
  sentence: (_, reason) => SENTENCES[reason] ?? reason,
};
