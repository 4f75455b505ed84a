import { readFileSync } from 'node:fs';
const { vectors } = JSON.parse(readFileSync(new URL('../../vectors/bls0chain.json', import.meta.url), 'utf8'));
/** The kinds that the file really has. */
export const PRESENT_KINDS = new Set(vectors.map(({ kind }) => kind));
/** Every vector of one kind; throws when there is none, so that no test passes for lack of vectors. */
export function vectorsOf(kind) {
    const found = vectors.filter((vector) => vector.kind === kind);
    if (found.length === 0)
        throw new Error(`no vector of kind ${kind}`);
    return found;
}
