// Our side of the comparison with Go: answers one question a line on standard input, `{ ask, ... }`, with a line on
// standard output, `{ answer }` or `{ error }`. Bytes are base64. The Go tests start it and stop it by closing its input.
import { createPrivateKey } from 'node:crypto';
import { createInterface } from 'node:readline';
import { encodePromise } from '../../../dist/audit/promises/entry-promise.js';
import { promiseGroup } from '../../../dist/audit/promises/promise-group.js';
import { verifyPromise } from '../../../dist/audit/promises/verify-promise.js';
import { encodeCheckpoint } from '../../../dist/audit/tlog/checkpoint.js';
import { leafHash } from '../../../dist/audit/tlog/hashes.js';
import { MerkleTree } from '../../../dist/audit/tlog/merkle-tree.js';
import { noteSigner, signNoteText, cosignCheckpoint } from '../../../dist/audit/tlog/note-signatures.js';
import { encodeNote } from '../../../dist/audit/tlog/signed-note.js';
import { encodeTlogProof } from '../../../dist/audit/tlog/tlog-proof.js';
import { encodeVkey, parseVkey } from '../../../dist/audit/tlog/verifier-key.js';
import { verifyNote } from '../../../dist/audit/tlog/verify-note.js';
import { verifyTlogProof } from '../../../dist/audit/tlog/verify-tlog-proof.js';
import { verifyConsistency, verifyInclusion } from '../../../dist/audit/tlog/verify-proof.js';
import { exportRecord } from '../../../dist/audit/verify/export-record.js';
import { TrustedLog } from '../../../dist/audit/verify/trusted-log.js';
import { Tree } from './tree.mjs';

const bytes = (base64) => Buffer.from(base64, 'base64');
const text = (buffers) => buffers.map((buffer) => buffer.toString('base64'));
const upTo = (end) => Array.from({ length: end }, (_, index) => index);

const tree = new Tree();

/** The Ed25519 key of a seed of 32 bytes, by RFC 8410's PKCS #8. */
const privateKey = (seed) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes(seed)]),
    format: 'der',
    type: 'pkcs8',
  });

const signer = ({ name, type, seed }) => noteSigner(name, type, privateKey(seed));

const signature = (note, { timestampSeconds, ...key }) =>
  timestampSeconds === undefined
    ? signNoteText(note, signer(key))
    : cosignCheckpoint(note, signer(key), timestampSeconds);

const ANSWERS = {
  grow: ({ size }) => tree.growTo(size),
  root: ({ size }) => tree.root(size).toString('base64'),
  inclusion: ({ index, size }) => text(tree.inclusion(index, size)),
  inclusions: ({ size }) => upTo(size).map((index) => text(tree.inclusion(index, size))),
  consistency: ({ oldSize, newSize }) => text(tree.consistency(oldSize, newSize)),
  consistencies: ({ size }) => upTo(size + 1).map((oldSize) => text(tree.consistency(oldSize, size))),
  includes: ({ leaf, index, size, root, proof }) =>
    verifyInclusion({ leaf: bytes(leaf), index, size, root: bytes(root) }, proof.map(bytes)),
  extends: ({ oldSize, oldRoot, newSize, newRoot, proof }) =>
    verifyConsistency({ oldSize, oldRoot: bytes(oldRoot), newSize, newRoot: bytes(newRoot) }, proof.map(bytes)),
  tiles: ({ oldSize, newSize }) => tree.tiles(oldSize, newSize),
  file: ({ path }) => tree.file(path).toString('base64'),
  subtree: ({ level, index }) => tree.subtreeFromTile({ level, index }).toString('base64'),
  vkey: (key) => encodeVkey(signer(key).key),
  vkeyAgain: ({ vkey }) => encodeVkey(parseVkey(vkey, 'vkey')),
  checkpoint: ({ origin, size }) => encodeCheckpoint({ origin, size, root: tree.root(size) }),
  sign: ({ note, by }) => encodeNote({ text: note, signatures: by.map((key) => signature(note, key)) }),
  signers: ({ note, vkeys }) => {
    const verdict = verifyNote(
      bytes(note),
      vkeys.map((vkey) => parseVkey(vkey, 'vkey')),
    );
    return verdict.holds ? verdict.signatures.map(({ key }) => encodeVkey(key)) : [];
  },
  proof: ({ index, size, note, extra }) =>
    encodeTlogProof({
      index,
      hashes: tree.inclusion(index, size),
      checkpoint: note,
      ...(extra === undefined ? {} : { extra: bytes(extra) }),
    }),
  proves: ({ proof, entry, log, origin, witnesses, quorum }) => {
    const keys = (vkeys) => vkeys.map((vkey) => parseVkey(vkey, 'vkey'));
    const policy = { log: keys(log), origin, witnesses: keys(witnesses), quorum };
    return verifyTlogProof(bytes(proof), bytes(entry), policy).holds;
  },
  promises: ({ entries, key, ...promised }) =>
    promiseGroup(
      entries.map((entry) => leafHash(bytes(entry))),
      { ...promised, signer: signer(key) },
    ).map(encodePromise),
  export: ({ size, folder, key }) => exportOf(size, folder, signer(key)),
  promised: ({ promise, entry, vkey }) =>
    verifyPromise(promise, bytes(entry), { keys: [parseVkey(vkey, 'vkey')] }).holds,
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}

/** Exports a record of so many entries, each `{"index":N}`, as `kms audit export` does. */
function exportOf(size, folder, log) {
  const entries = upTo(size).map((index) => Buffer.from(`{"index":${index}}`));
  const { root } = new MerkleTree(entries.map(leafHash));
  const checkpoint = encodeCheckpoint({ origin: log.key.name, size, root });
  const source = {
    name: 'the record',
    entriesOnce: 0,
    entries: () => entries.map((bytes, index) => ({ id: index + 1, bytes })),
    checkpoints: () => [{ note: encodeNote({ text: checkpoint, signatures: [signNoteText(checkpoint, log)] }) }],
    readTile: () => undefined,
    faults: () => [],
  };
  const trusted = TrustedLog.of({ checkpoints: [encodeVkey(log.key)] });
  return exportRecord(source, trusted, folder).head?.size;
}

function answer({ ask, ...question }) {
  try {
    return { answer: ANSWERS[ask](question) ?? null };
  } catch (error) {
    return { error: error.message };
  }
}
