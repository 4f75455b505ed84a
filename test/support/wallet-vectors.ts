import { readFileSync } from 'node:fs';

/** A published wallet of test/vectors: a public test key. */
export interface PublishedWallet {
  readonly client_id: string;
  readonly client_key: string;
  readonly private_key: string;
  readonly mnemonic: string;
}

interface PublishedVector extends Partial<PublishedWallet> {
  readonly id: string;
  readonly public_key?: string;
  readonly r_minus_1_le?: string;
  readonly r_le?: string;
  readonly ff?: string;
  readonly user_id?: string;
}

const { vectors } = JSON.parse(readFileSync(new URL('../vectors/bls0chain.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly PublishedVector[];
};

/** One published vector; throws when there is none of that id. */
export function publishedVector<Field extends Exclude<keyof PublishedVector, 'id'>>(
  id: string,
  ...fields: readonly Field[]
): Readonly<Record<Field, string>> {
  const vector = vectors.find((candidate) => candidate.id === id);
  const found = fields.map((field) => [field, vector?.[field]] as const);
  if (found.some(([, value]) => value === undefined)) throw new Error(`no vector ${id} with ${fields.join(', ')}`);
  return Object.fromEntries(found) as Record<Field, string>;
}

/** gosdk's demo wallet, of which every field is published. */
export const A_PUBLISHED_WALLET: PublishedWallet = publishedVector(
  'gosdk-demo-1',
  'client_id',
  'client_key',
  'private_key',
  'mnemonic',
);
