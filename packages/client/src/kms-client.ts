import { Audit } from './audit.js';
import { bodyOf, createApi } from './http/api.js';
import type { Api, KmsOptions } from './http/api.js';
import type { ReadyAnswer } from './openapi.js';
import { Policies } from './policies.js';
import type { KeepEvidence } from './signed.js';
import { SplitKeys } from './split-keys.js';
import { Wallets } from './wallets.js';

export interface KmsClientOptions extends KmsOptions {
  /** Where evidence of decisions is put away: a file, a database. Each signature carries its own as well. */
  readonly keepEvidence?: KeepEvidence;
}

/** A split-key KMS, in the documented API. Every call rejects with `KmsError` or `KmsUnreachableError`. */
export class KmsClient {
  readonly wallets: Wallets;
  readonly splitKeys: SplitKeys;
  readonly policies: Policies;
  readonly audit: Audit;
  /** Every operation there is, by its path, typed, also of the SDK dialect. Retries and errors are the same. */
  readonly api: Api;

  constructor({ keepEvidence = () => undefined, ...options }: KmsClientOptions) {
    this.api = createApi(options);
    this.wallets = new Wallets(this.api);
    this.splitKeys = new SplitKeys(this.api, keepEvidence);
    this.policies = new Policies(this.api);
    this.audit = new Audit(this.api);
  }

  /** Whether it can sign and record: rejects with a `KmsError` of status 503 when it cannot. */
  ready(): Promise<ReadyAnswer> {
    return bodyOf(this.api.GET('/health/ready'));
  }
}
