import type { FastifyRequest } from 'fastify';
import { decodeText } from './json-document.js';
import { rawBodyOf } from './raw-body.js';

/** The body's text as it came, for the parsers that must not lose a digit. Throws `REQUEST.MALFORMED_JSON`. */
export function bodyTextOf(request: FastifyRequest): string {
  return decodeText(rawBodyOf(request));
}
