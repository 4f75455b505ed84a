import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { WitnessClient } from '../../../src/audit/cosigning/witness-client.js';
import { cosignCheckpoint, signNoteText } from '../../../src/audit/tlog/note-signatures.js';
import { encodeSignatureLine, parseNote } from '../../../src/audit/tlog/signed-note.js';
import { OutboundHttp } from '../../../src/outbound/outbound-http.js';
import { log, otherWitness, privateKeyOf, witness } from '../tlog/given-signers.js';
import { noteSigner } from '../../../src/audit/tlog/note-signatures.js';
import { Branch } from '../witness/forked-log.js';

const main = new Branch('main', 9, 0);
const REQUEST = { oldSize: 4, proof: main.tree.consistency(4), checkpoint: main.note(9) };
const TEXT = parseNote(REQUEST.checkpoint, 'note').text;
const OURS = encodeSignatureLine(cosignCheckpoint(TEXT, witness, 1_764_400_000));

let server: Server;
let asked: IncomingMessage[];
let bodies: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let client: WitnessClient;
let http: OutboundHttp;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.once('end', () => {
      bodies.push(body);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  http = new OutboundHttp({ proxy: undefined, noProxy: '' }, { milliseconds: 1_000, bytes: 4_096 });
  const url = new URL(`http://127.0.0.1:${port}/w1/add-checkpoint`);
  client = new WitnessClient({ url, key: witness.key }, http);
});
beforeEach(() => {
  [asked, bodies] = [[], []];
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const says = (status: number, text: string, type = 'text/plain'): void => {
  answer = (_, response) => response.writeHead(status, { 'Content-Type': type }).end(text);
};

it('asks as the protocol says, and takes the cosignature of the key that is configured', async () => {
  says(200, `${encodeSignatureLine(cosignCheckpoint(TEXT, otherWitness, 1))}${OURS}`);
  expect(await client.ask(REQUEST)).toEqual({ verdict: 'cosigned', line: OURS });
  expect(asked.map(({ method, url }) => [method, url])).toEqual([['POST', '/w1/add-checkpoint']]);
  expect(bodies).toEqual([main.request(4, 9)]);
});

it.each([
  [409, '7\n', 'text/x.tlog.size', { verdict: 'knows another size', size: 7 }],
  [409, '7\n', 'text/x.tlog.size; charset=utf-8', { verdict: 'knows another size', size: 7 }],
  [409, 'other root\n', 'text/plain', { verdict: 'contradicts', why: 'it has cosigned another root of 4 entries' }],
  [
    422,
    'no\n',
    'text/plain',
    { verdict: 'contradicts', why: 'what it cosigned of 4 entries is not how this record begins' },
  ],
])('understands %d %j', async (status, text, type, verdict) => {
  says(status, text, type);
  expect(await client.ask(REQUEST)).toEqual(verdict);
});

const sameName = noteSigner(witness.key.name, 'cosignature/v1', privateKeyOf(9));
const otherText = encodeSignatureLine(cosignCheckpoint(main.text(8), witness, 1_764_400_000));

it.each([
  ['nothing', 200, ''],
  ['no signature', 200, 'hello\n'],
  ['an unfinished line', 200, OURS.trimEnd()],
  ["somebody else's cosignature", 200, encodeSignatureLine(cosignCheckpoint(TEXT, otherWitness, 1))],
  ['one by another key of its name', 200, encodeSignatureLine(cosignCheckpoint(TEXT, sameName, 1))],
  ['one of another checkpoint', 200, otherText],
  ["the log's own signature", 200, encodeSignatureLine(signNoteText(TEXT, log))],
  ['more than anybody reads', 200, OURS.repeat(99)],
  ['another status', 201, OURS],
  ['an error', 500, 'oops'],
  ['a size that is none', 409, 'seven\n'],
  ['a size below zero', 409, '-1\n'],
  ['a size beyond all numbers', 409, `${'9'.repeat(30)}\n`],
])('takes %s for no answer, and tells it in a line without what was answered', async (_, status, text) => {
  says(status, text, status === 409 ? 'text/x.tlog.size' : 'text/plain');
  const verdict = await client.ask(REQUEST);
  expect(verdict.verdict).toBe('failed');
  const { why } = verdict as { why: string };
  expect(why).toMatch(/^[^\n]{5,120}$/);
  for (const word of ['hello', 'oops', 'seven', '999']) expect(why).not.toContain(word);
});

it('follows nobody elsewhere, and waits no longer than it may', async () => {
  answer = (_, response) => response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end();
  expect(await client.ask(REQUEST)).toEqual({ verdict: 'failed', why: 'it answered 307' });
  answer = (_, response) => void response.writeHead(200).write('— witness');
  expect(await client.ask(REQUEST)).toEqual({ verdict: 'failed', why: 'its endpoint took longer than 1 seconds' });
  answer = (request) => request.socket.destroy();
  expect(await client.ask(REQUEST)).toMatchObject({
    verdict: 'failed',
    why: expect.stringContaining('cannot be reached') as unknown,
  });
});
