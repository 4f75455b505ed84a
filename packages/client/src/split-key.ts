import { clientIdOf, sign, verify } from './bls/bls.js';
import { KmsAnswerError, KmsError } from './errors.js';
import { evidenceIn } from './evidence.js';
import { fromHex, sha3Hex, toHex, utf8 } from './hex.js';
import type { Api } from './http/api.js';
import type { EvaluationAnswer, SignMessageAnswer } from './openapi.js';
import type { KeepEvidence, SignOptions, Signed, SignedTransaction } from './signed.js';
import { asBody, hashed } from './transaction.js';
import type { UnsignedTransaction } from './transaction.js';

/** What a split key is known by, in the service's words. */
export interface SplitKeyNames {
  /** The wallet's. */
  readonly client_id: string;
  readonly client_key: string;
  /** Of the user share: names the split key. */
  readonly public_key: string;
}

/** Of longer texts the service is told the hash alone. */
const MAX_TEXT_BYTES = 8192;

/**
 * A split key with its user share. It makes the user's half of a signature here, has the service add the other half, and
 * verifies the sum against the wallet's key: what is given back is the wallet's signature, or nothing is. The share stays
 * in this object, which neither prints nor serialises it.
 */
export class SplitKey implements SplitKeyNames {
  readonly client_id: string;
  readonly client_key: string;
  readonly public_key: string;
  readonly #api: Api;
  readonly #keepEvidence: KeepEvidence;
  readonly #share: Uint8Array;

  /** Throws `KmsAnswerError` if the client id is not the client key's, a RangeError for a share that is no hex. */
  constructor(api: Api, names: SplitKeyNames, userShareHex: string, keepEvidence: KeepEvidence) {
    ({ client_id: this.client_id, client_key: this.client_key, public_key: this.public_key } = names);
    if (clientIdOf(names.client_key) !== names.client_id)
      throw new KmsAnswerError('the client key is of another wallet');
    this.#api = api;
    this.#keepEvidence = keepEvidence;
    this.#share = fromHex(userShareHex);
  }

  /** Signs the sha3-256 of a text. The service gets the text too, since some split keys sign nothing else. */
  signMessage(text: string, options: SignOptions = {}): Promise<Signed> {
    return this.#sendMessage(this.#message(text), options);
  }

  /** Signs 1 to 1,024 bytes as they are; 32 of them are taken for a hash. */
  signBytes(bytes: Uint8Array, options: SignOptions = {}): Promise<Signed> {
    return this.#sendMessage({ hash: toHex(bytes) }, options);
  }

  /** Signs a transaction. The hash covers what wire.md of the service, section 6, says; the fee is not covered. */
  async signTransaction(transaction: UnsignedTransaction, { signal }: SignOptions = {}): Promise<SignedTransaction> {
    const whole = hashed(transaction, this.client_id, this.client_key);
    const body = asBody({ ...whole, signature: this.#half(whole.hash) });
    const call = this.#api.POST('/sign/txn', { params: this.#named, body, ...withSignal(signal) });
    const signed = await this.#signed(whole.hash, call, (data) => data as string);
    return { ...signed, transaction: { ...whole, signature: signed.signature } };
  }

  /** What would be decided on the message, rule by rule. Nothing is signed, counted or recorded. */
  async tryMessage(text: string, { signal }: SignOptions = {}): Promise<EvaluationAnswer> {
    const message = this.#message(text);
    const { data } = await this.#api.POST('/sign/msg', {
      params: { ...this.#named, query: { dry_run: '1' } },
      body: { ...message, signature: this.#half(message.hash), client_id: this.client_id },
      ...withSignal(signal),
    });
    return data as EvaluationAnswer;
  }

  /** What would be decided on the transaction. */
  async tryTransaction(transaction: UnsignedTransaction, { signal }: SignOptions = {}): Promise<EvaluationAnswer> {
    const whole = hashed(transaction, this.client_id, this.client_key);
    const { data } = await this.#api.POST('/sign/txn', {
      params: { ...this.#named, query: { dry_run: '1' } },
      body: asBody({ ...whole, signature: this.#half(whole.hash) }),
      ...withSignal(signal),
    });
    return data as EvaluationAnswer;
  }

  /** Overwrites the share, as far as JavaScript can: from then on it signs nothing. */
  forget(): void {
    this.#share.fill(0);
  }

  get #named(): { readonly header: { readonly 'X-Peer-Public-Key': string } } {
    return { header: { 'X-Peer-Public-Key': this.public_key } };
  }

  #message(text: string): { hash: string; message?: string } {
    const isTold = utf8(text).length <= MAX_TEXT_BYTES;
    return { hash: sha3Hex(text), ...(isTold ? { message: text } : {}) };
  }

  /** The user's half. Throws a RangeError for what is no message, or after `forget`. */
  #half(hash: string): string {
    return toHex(sign(this.#share, fromHex(hash)));
  }

  async #sendMessage(message: { hash: string; message?: string }, { signal }: SignOptions): Promise<Signed> {
    const body = { ...message, signature: this.#half(message.hash), client_id: this.client_id };
    const call = this.#api.POST('/sign/msg', { params: this.#named, body, ...withSignal(signal) });
    return await this.#signed(message.hash, call, (data) => (data as SignMessageAnswer).sig);
  }

  async #signed<T>(
    hash: string,
    call: Promise<{ readonly data?: T; readonly response: Response }>,
    signatureIn: (data: T | undefined) => string,
  ): Promise<Signed> {
    const decision = { clientId: this.client_id, hash };
    try {
      const { data, response } = await call;
      const evidence = evidenceIn(response.headers);
      if (evidence !== undefined) this.#keepEvidence(evidence, decision);
      const signature = signatureIn(data);
      if (!isSignature(signature) || !verify(fromHex(this.client_key), fromHex(hash), fromHex(signature))) {
        throw new KmsAnswerError("the answer is not the wallet's signature");
      }
      return { signature, hash, evidence };
    } catch (error) {
      if (error instanceof KmsError && error.evidence !== undefined) this.#keepEvidence(error.evidence, decision);
      throw error;
    }
  }
}

function isSignature(signature: unknown): signature is string {
  return typeof signature === 'string' && /^[0-9a-f]{64}$/.test(signature);
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
