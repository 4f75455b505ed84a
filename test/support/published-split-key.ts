import { readFileSync } from 'node:fs';

/** The split key of 0Chain's public suite: public test keys, of which only the user share itself is not published. */
interface PublishedSplitKey {
  readonly client_id: string;
  readonly client_key: string;
  readonly zauth_private_key: string;
  readonly zauth_public_key: string;
  readonly user_public_key: string;
  readonly hash: string;
  readonly user_signature: string;
  readonly combined: string;
}

const { vectors } = JSON.parse(readFileSync(new URL('../vectors/bls0chain.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly (PublishedSplitKey & { readonly id: string })[];
};
const found = vectors.find(({ id }) => id === 'split-sign-systemtest');
if (found === undefined) throw new Error("the vector of 0Chain's suite is missing");

export const PUBLISHED_SPLIT_KEY: PublishedSplitKey = found;

/** The body with which the suite sets it up: `public_key` is the client key there. */
export function publishedSetUp(restrictions: readonly string[] | null): Record<string, unknown> {
  return {
    user_id: 'test_user_id',
    client_id: PUBLISHED_SPLIT_KEY.client_id,
    client_key: PUBLISHED_SPLIT_KEY.client_key,
    public_key: PUBLISHED_SPLIT_KEY.client_key,
    private_key: PUBLISHED_SPLIT_KEY.zauth_private_key,
    peer_public_key: PUBLISHED_SPLIT_KEY.user_public_key,
    expired_at: 0,
    restrictions,
  };
}
