import { SecretBytes } from '../secret-bytes.js';
import type { BlsEngine } from './bls-engine.js';
import { clientIdOf } from './client-id.js';
import {
  decodeHash,
  decodeMessage,
  decodePublicKey,
  decodeSecretKey,
  decodeSignature,
  encodeHex,
  encodeSecretKey,
} from './codec.js';
import { combineVerified, sharesMakeClientKey } from './combine.js';
import {
  KNOWN_SECRET_SUM,
  KNOWN_SIGNATURES,
  KNOWN_SPLIT,
  KNOWN_UPLOAD,
  KNOWN_WALLET,
  MUST_BE_REFUSED,
} from './known-answer-values.js';
import { MalformedEncodingError } from './malformed-encoding-error.js';
import { secretKeyFromMnemonic } from './mnemonic.js';

interface KnownAnswer {
  readonly rule: string;
  readonly holds: (engine: BlsEngine) => boolean;
}

const secret = (hex: string): SecretBytes => decodeSecretKey(hex, 'secret key');
const publicKey = (engine: BlsEngine, hex: string): Uint8Array => decodePublicKey(engine, hex, 'public key');
const signature = (engine: BlsEngine, hex: string): Uint8Array => decodeSignature(engine, hex, 'signature');
const splitHash = (): Uint8Array => decodeHash(KNOWN_SPLIT.hash, 'hash');

function refuses(decode: () => unknown): boolean {
  try {
    decode();
    return false;
  } catch (error) {
    return error instanceof MalformedEncodingError;
  }
}

function verifies(engine: BlsEngine, clientKeyHex: string, message: Uint8Array, signatureHex: string): boolean {
  return engine.verify(publicKey(engine, clientKeyHex), message, signature(engine, signatureHex));
}

const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    rule: 'derives the wallet of a mnemonic',
    holds: (engine) => {
      const key = secretKeyFromMnemonic(new SecretBytes(new TextEncoder().encode(KNOWN_WALLET.mnemonic)));
      const clientKey = engine.publicKeyOf(key);
      return (
        encodeSecretKey(key) === KNOWN_WALLET.privateKey &&
        encodeHex(clientKey) === KNOWN_WALLET.clientKey &&
        clientIdOf(clientKey) === KNOWN_WALLET.clientId
      );
    },
  },
  {
    rule: 'signs with a server share',
    holds: (engine) =>
      encodeHex(engine.publicKeyOf(secret(KNOWN_SPLIT.serverShare))) === KNOWN_SPLIT.serverPublicKey &&
      encodeHex(engine.sign(secret(KNOWN_SPLIT.serverShare), splitHash())) === KNOWN_SPLIT.serverPartial,
  },
  {
    rule: 'combines two partial signatures into one that verifies',
    holds: (engine) => {
      const combined = combineVerified(engine, {
        clientKey: publicKey(engine, KNOWN_SPLIT.clientKey),
        message: splitHash(),
        userPartial: signature(engine, KNOWN_SPLIT.userPartial),
        serverPartial: signature(engine, KNOWN_SPLIT.serverPartial),
      });
      return combined !== undefined && encodeHex(combined) === KNOWN_SPLIT.combined;
    },
  },
  {
    rule: 'verifies published signatures',
    holds: (engine) =>
      KNOWN_SIGNATURES.every((known) =>
        engine.verify(
          publicKey(engine, known.publicKey),
          decodeHash(known.hash, 'hash'),
          signature(engine, known.signature),
        ),
      ),
  },
  {
    rule: 'signs messages that are not 32 bytes long',
    holds: (engine) =>
      KNOWN_UPLOAD.messages.every(
        ({ message, serverPartial, combined }) =>
          encodeHex(engine.sign(secret(KNOWN_UPLOAD.serverShare), decodeMessage(message, 'message'))) ===
            serverPartial && verifies(engine, KNOWN_UPLOAD.clientKey, decodeMessage(message, 'message'), combined),
      ),
  },
  {
    rule: 'adds the public keys of two shares to the client key',
    holds: (engine) =>
      sharesMakeClientKey(
        engine,
        [publicKey(engine, KNOWN_SPLIT.userPublicKey), publicKey(engine, KNOWN_SPLIT.serverPublicKey)],
        publicKey(engine, KNOWN_SPLIT.clientKey),
      ),
  },
  {
    rule: 'adds and subtracts secret shares',
    holds: (engine) => {
      const primary = engine.addSecrets(secret(KNOWN_SECRET_SUM.userShare), secret(KNOWN_SECRET_SUM.serverShare));
      const serverShare = engine.subtractSecrets(primary, secret(KNOWN_SECRET_SUM.userShare));
      return (
        encodeHex(engine.publicKeyOf(primary)) === KNOWN_SECRET_SUM.clientKey &&
        encodeSecretKey(serverShare) === KNOWN_SECRET_SUM.serverShare
      );
    },
  },
  {
    rule: 'verifies no half alone, no other message and no other key',
    holds: (engine) => {
      const otherMessage = splitHash().map((byte, index) => (index === 0 ? byte ^ 1 : byte));
      return (
        !verifies(engine, KNOWN_SPLIT.clientKey, splitHash(), KNOWN_SPLIT.userPartial) &&
        !verifies(engine, KNOWN_SPLIT.clientKey, splitHash(), KNOWN_SPLIT.serverPartial) &&
        !verifies(engine, KNOWN_SPLIT.clientKey, otherMessage, KNOWN_SPLIT.combined) &&
        !verifies(engine, KNOWN_WALLET.clientKey, splitHash(), KNOWN_SPLIT.combined)
      );
    },
  },
  {
    rule: 'refuses scalars outside [1, r)',
    holds: (engine) =>
      [MUST_BE_REFUSED.zero, MUST_BE_REFUSED.groupOrder].every((hex) =>
        refuses(() => engine.sign(new SecretBytes(decodeHash(hex, 'secret key')), splitHash())),
      ),
  },
  {
    rule: 'refuses points that are the identity, off the curve or outside the subgroup',
    holds: (engine) =>
      [MUST_BE_REFUSED.identityOfG2, MUST_BE_REFUSED.outsideSubgroup, MUST_BE_REFUSED.offTheTwist].every((hex) =>
        refuses(() => publicKey(engine, hex)),
      ) && [MUST_BE_REFUSED.zero, MUST_BE_REFUSED.offTheCurve].every((hex) => refuses(() => signature(engine, hex))),
  },
];

/**
 * Runs the known-answer tests: what the chain's own software computes, and what must be refused. To be run on every
 * engine before the server says that it is ready. Throws an error that names the engine and the rule that failed.
 */
export function assertKnownAnswers(engine: BlsEngine): void {
  for (const { rule, holds } of KNOWN_ANSWERS) {
    let failure: unknown;
    try {
      if (holds(engine)) continue;
    } catch (error) {
      failure = error;
    }
    throw new Error(`the ${engine.name} engine fails its known-answer test: ${rule}`, { cause: failure });
  }
}
