import { decodeSecretKey } from '../../crypto/bls0chain/codec.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import { parseClientIdField, parsePublicKeyField } from '../../wire/named-inputs.js';
import { inconsistent } from './key-to-store.js';
import type { KeyToStore, NameOfKey } from './key-to-store.js';
import { readKeyPair } from './key-pair.request.js';
import type { KeyPairText } from './key-pair.request.js';
import type { StoreKeyBody } from './store-key.body.js';

/** A secret of the body, and what to call it. */
interface Named {
  readonly field: string;
  readonly text: string;
}

interface Words extends Named {
  /** `mnemonic` beside a `private_key` is kept as it is: upstream's suite stores words that belong to no key. */
  readonly areChecked: boolean;
}

/**
 * The key of one of the three forms: a private key, the words alone, or a wallet file of the command-line tools (wire.md
 * section 4). Throws `REQUEST.INVALID_FIELD` for what is malformed or is only a part of a wallet. Whether words, key and
 * names belong together is for the use case, which knows the curve.
 */
export function readKeyToStore(body: StoreKeyBody, dialect: Dialect): KeyToStore {
  refuseSplitWallet(body);
  const pair = readKeyPair(body.keys, dialect);
  const key = keyOf(body, pair);
  const words = wordsOf(body, key);
  const names = namesOf(body, pair);
  if (key === undefined && words === undefined) {
    throw refused('private_key', 'must be 64 hexadecimal characters; or send mnemonic, or a wallet file with its keys');
  }
  return {
    key: key === undefined ? undefined : { field: key.field, secret: decodeSecretKey(key.text, key.field) },
    words:
      words === undefined ? undefined : { ...words, secret: new SecretBytes(new TextEncoder().encode(words.text)) },
    names,
  };
}

function keyOf({ private_key: text }: StoreKeyBody, pair: KeyPairText | undefined): Named | undefined {
  if (text === undefined || text === null) {
    return pair === undefined ? undefined : { field: 'keys[0].private_key', text: pair.privateKeyHex };
  }
  if (pair !== undefined) throw refused('keys', 'and private_key are two forms of the same: send one of them');
  return { field: 'private_key', text };
}

function wordsOf(
  { mnemonic, mnemonics, private_key: privateKey }: StoreKeyBody,
  key: Named | undefined,
): Words | undefined {
  if (mnemonics) {
    if (mnemonic && mnemonic !== mnemonics) throw inconsistent('mnemonics', 'are others than those in mnemonic');
    return { field: 'mnemonics', text: mnemonics, areChecked: true };
  }
  if (!mnemonic) return undefined;
  return { field: 'mnemonic', text: mnemonic, areChecked: key === undefined || !privateKey };
}

function namesOf(body: StoreKeyBody, pair: KeyPairText | undefined): NameOfKey[] {
  const keys = [
    ['keys[0].public_key', pair?.publicKeyHex],
    ['public_key', body.public_key],
    ['client_key', body.client_key],
  ] as const;
  const names: NameOfKey[] = keys.flatMap(([field, text]) =>
    text ? [{ field, clientKeyHex: parsePublicKeyField(text, field) }] : [],
  );
  const { client_id: clientId } = body;
  return clientId ? [...names, { field: 'client_id', clientId: parseClientIdField(clientId, 'client_id') }] : names;
}

function refuseSplitWallet({ is_split: isSplit, peer_public_key: peerPublicKey }: StoreKeyBody): void {
  const rule = 'is of a split wallet, whose key is only a user share: store the wallet that it was split from';
  if (isSplit === true) throw refused('is_split', rule);
  if (peerPublicKey) throw refused('peer_public_key', rule);
}

function refused(field: string, rule: string): DomainError {
  return new DomainError('REQUEST.INVALID_FIELD', `${field}: ${rule}`, { field });
}
