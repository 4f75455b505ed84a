import { bodyOf } from './http/api.js';
import type { Api } from './http/api.js';
import type {
  CatalogueGroup,
  EvaluationAnswer,
  PolicyAnswer,
  PolicyDocument,
  ReplacedPolicyAnswer,
  RevisionAnswer,
  SimulationAnswer,
  TemplateAnswer,
} from './openapi.js';
import { cursorIn, entriesOf, pageQuery } from './pages.js';
import type { ListOptions } from './pages.js';
import type { SplitKeyName } from './split-keys.js';
import { hashed } from './transaction.js';
import type { UnsignedTransaction } from './transaction.js';

/** A policy, and the tag that replaces it. */
export type PolicyInForce = PolicyAnswer & { readonly etag: string };

/** What is asked of a policy: a transaction or a text, and by `policy` what another policy would decide. */
export type Asked = ({ readonly transaction: UnsignedTransaction } | { readonly message: string }) & {
  readonly policy?: PolicyDocument;
};

/** What split keys may sign: policies.md of the service. */
export class Policies {
  constructor(private readonly api: Api) {}

  async read(key: SplitKeyName): Promise<PolicyInForce> {
    const { data, response } = await this.api.GET('/policy/{client_id}', { params: named(key) });
    return { ...(data as PolicyAnswer), etag: response.headers.get('ETag') ?? '' };
  }

  /**
   * Puts another policy in the place of the one that was read: `etag` is that one's. Throws `POLICY.REVISION_CHANGED` if
   * somebody was faster. Where no answer came, read it again before you try again.
   */
  replace(key: SplitKeyName, policy: PolicyDocument, etag: string, note?: string): Promise<ReplacedPolicyAnswer> {
    const { path, header } = named(key);
    const params = { path, header: { ...header, 'If-Match': etag } };
    const body = { policy, ...(note === undefined ? {} : { note }) };
    return bodyOf(this.api.PUT('/policy/{client_id}', { params, body }));
  }

  /** All there were, the newest first. */
  revisions(key: SplitKeyName, options: ListOptions = {}): AsyncGenerator<RevisionAnswer> {
    return entriesOf(async (cursor) => {
      const params = { ...named(key), query: pageQuery({}, options, cursor) };
      const { data = [], response } = await this.api.GET('/policy/{client_id}/revisions', { params });
      return { items: data, cursor: cursorIn(response.headers) };
    });
  }

  /**
   * What would be decided, rule by rule, without the user share. A transaction needs the wallet's client key for its
   * `public_key`, which is not signed: it may be left out.
   */
  evaluate(key: SplitKeyName, asked: Asked): Promise<EvaluationAnswer> {
    const policy = asked.policy === undefined ? {} : { policy: asked.policy };
    const body =
      'transaction' in asked
        ? { ...policy, transaction: unsigned(asked.transaction, key.client_id) }
        : { ...policy, message: asked.message };
    return bodyOf(this.api.POST('/policy/evaluate/{client_id}', { params: named(key), body }));
  }

  /** Which of the last decisions another policy would have decided otherwise. */
  simulate(key: SplitKeyName, policy: PolicyDocument, last?: number): Promise<SimulationAnswer> {
    const body = { policy, ...(last === undefined ? {} : { last }) };
    return bodyOf(this.api.POST('/policy/simulate/{client_id}', { params: named(key), body }));
  }

  /** Complete policies for common uses. */
  templates(): Promise<TemplateAnswer[]> {
    return bodyOf(this.api.GET('/policy/templates'));
  }

  /** The groups of operations, and what is in them. */
  catalogue(): Promise<CatalogueGroup[]> {
    return bodyOf(this.api.GET('/restrictions/catalogue'));
  }
}

function named({ client_id, public_key }: SplitKeyName): {
  path: { client_id: string };
  header: { 'X-Peer-Public-Key': string };
} {
  return { path: { client_id }, header: { 'X-Peer-Public-Key': public_key } };
}

/** Without `public_key` and `hash`, which the service's own types want and the service does not. */
function unsigned(transaction: UnsignedTransaction, clientId: string): Record<string, unknown> {
  const { client_id, to_client_id, creation_date, version } = hashed(transaction, clientId, '');
  return { ...transaction, client_id, to_client_id, creation_date, version };
}
