import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SlicedList } from '../../database/sliced-list.js';
import { nextLink } from './page-query.js';
import type { PageAsked } from './page-query.js';
import { Refusals } from '../errors/refusals.js';
import { SliceTurns } from './slice-turns.js';

/** How a list becomes JSON. */
export interface ListForm<Entry> {
  readonly before: string;
  readonly show: (entry: Entry, shares: PageAsked['shares']) => object;
  readonly after: string;
}

/** JSON texts around an array. */
export const BARE_ARRAY = { before: '[', after: ']' } as const;

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Answers with lists of any length: no more of them than a slice is read, unsealed and kept in memory at a time, and
 * the next one waits until the client has taken the last (backpressure). A client that hangs up ends it. A list that
 * breaks off ends the connection: JSON that looks whole would be believed.
 */
@Injectable()
export class ListAnswers {
  readonly #turns = new SliceTurns();

  constructor(private readonly refusals: Refusals) {}

  /** What a route returns; sets the headers. Rejects, with nothing sent, when the first slice cannot be read. */
  async answer<Entry>(
    list: SlicedList<Entry>,
    form: ListForm<Entry>,
    asked: PageAsked,
    reply: FastifyReply,
  ): Promise<string | StreamableFile> {
    void reply.header('Content-Type', JSON_TYPE);
    if (list.next !== undefined) void reply.header('Link', nextLink(asked, list.next));
    // Nobody sees a body then, so none of it is read or unsealed.
    if (reply.request.method === 'HEAD') return new StreamableFile(Readable.from([]), { type: JSON_TYPE });
    const show = (entry: Entry): object => form.show(entry, asked.shares);
    const first = await this.#pieceOf(list, show);
    const start = form.before + first.text;
    if (first.isLast) return start + form.after;
    const rest = this.#rest(list, { ...form, show }, { start, isEmpty: first.text === '' }, reply);
    // Nothing is read ahead of what the connection has taken.
    return new StreamableFile(Readable.from(rest, { objectMode: false, highWaterMark: 1 }), { type: JSON_TYPE });
  }

  async *#rest<Entry>(
    list: SlicedList<Entry>,
    { show, after }: { readonly show: (entry: Entry) => object; readonly after: string },
    begun: { readonly start: string; readonly isEmpty: boolean },
    reply: FastifyReply,
  ): AsyncGenerator<string, void> {
    yield begun.start;
    try {
      let comma = begun.isEmpty ? '' : ',';
      for (let isLast = false; !isLast;) {
        const piece = await this.#pieceOf(list, show);
        ({ isLast } = piece);
        if (piece.text !== '') yield comma + piece.text;
        if (piece.text !== '') comma = ',';
      }
      yield after;
    } catch (error) {
      this.refusals.brokenOff(error, reply.request);
      throw error;
    }
  }

  #pieceOf<Entry>({ slices }: SlicedList<Entry>, show: (entry: Entry) => object): Promise<Piece> {
    return this.#turns.take(async () => {
      const { value } = await slices.next();
      if (value === undefined) return { text: '', isLast: true };
      return { text: value.entries.map((entry) => JSON.stringify(show(entry))).join(','), isLast: value.isLast };
    });
  }
}

interface Piece {
  readonly text: string;
  readonly isLast: boolean;
}
