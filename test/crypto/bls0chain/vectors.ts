import { readFileSync } from 'node:fs';

export interface WalletVector {
  readonly id: string;
  readonly private_key: string;
  readonly mnemonic?: string;
  readonly client_key?: string;
  readonly client_id?: string;
}

/** The published vectors of each kind; all hexadecimal. */
export interface VectorKinds {
  wallet: WalletVector;
  'split+aggregate': {
    readonly id: string;
    readonly hash: string;
    readonly client_id?: string;
    readonly client_key?: string;
    readonly zauth_private_key?: string;
    readonly zauth_public_key?: string;
    readonly user_public_key?: string;
    readonly user_signature?: string;
    readonly zauth_partial?: string;
    readonly combined?: string;
    readonly split_sk?: readonly [string, string];
    readonly primary_client_key?: string;
  };
  'split-roundtrip': { readonly id: string; readonly private_key: string; readonly hash: string };
  'signature-verify': {
    readonly id: string;
    readonly client_id: string;
    readonly user_id: string;
    readonly client_key: string;
    readonly signature: string;
  };
  'transaction-hash+signature': {
    readonly id: string;
    readonly preimage: string;
    readonly transaction: { readonly hash: string; readonly public_key: string; readonly signature: string };
  };
  deserialise: { readonly id: string; readonly public_key: string; readonly signature?: string };
  edge: { readonly id: string; readonly r_le: string; readonly r_minus_1_le: string; readonly ff: string };
}

const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/bls0chain.json', import.meta.url), 'utf8')) as {
  vectors: readonly { readonly kind: keyof VectorKinds }[];
};

/** The kinds that the file really has. */
export const PRESENT_KINDS: ReadonlySet<string> = new Set(vectors.map(({ kind }) => kind));

/** Every vector of one kind; throws when there is none, so that no test passes for lack of vectors. */
export function vectorsOf<Kind extends keyof VectorKinds>(kind: Kind): readonly VectorKinds[Kind][] {
  const found = vectors.filter((vector) => vector.kind === kind);
  if (found.length === 0) throw new Error(`no vector of kind ${kind}`);
  return found as unknown as VectorKinds[Kind][];
}
