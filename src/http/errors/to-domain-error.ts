import { HttpException } from '@nestjs/common';
import { isWriteFailure } from '../../database/storage-failure.js';
import { asDomainError } from '../../errors/as-domain-error.js';
import { DomainError } from '../../errors/domain-error.js';
import { unrecorded } from '../../errors/unrecorded.js';
import { BODY_LIMIT_BYTES } from '../body/raw-body.js';
import { malformed, targetTooLong } from '../listen/client-error.js';

/**
 * The one translation of whatever was thrown into an error that may be told: what is meant to be told as it is, what
 * Fastify and Nest refuse by themselves, and for everything else a message that says nothing.
 *
 * @param bodyLimitBytes of the route that was asked for
 */
export function toDomainError(error: unknown, bodyLimitBytes = BODY_LIMIT_BYTES): DomainError {
  const told = asDomainError(error);
  if (told !== undefined) return told;
  if (isBrokenOffBody(error)) return new DomainError('REQUEST.REFUSED', 'the body broke off', { cause: error });
  if (isUnread(error)) return new DomainError('REQUEST.REFUSED', 'nobody waits for the answer', { cause: error });
  // What is written is written with its entry: neither is there.
  if (isWriteFailure(error)) return unrecorded(error);
  const status = statusOfFrameworkError(error);
  if (status === 413) {
    return new DomainError('REQUEST.BODY_TOO_LARGE', `the body is larger than ${bodyLimitBytes} bytes`, {
      cause: error,
    });
  }
  if (status === 404) {
    return new DomainError('REQUEST.ROUTE_UNKNOWN', 'there is no such route', { cause: error });
  }
  if (status === 414) return targetTooLong();
  if (status !== undefined && status >= 400 && status < 500) {
    return malformed();
  }
  return new DomainError('INTERNAL', 'something went wrong on our side; nothing was changed', { cause: error });
}

/** Whether the client went away while its body was read, as Node says it and Fastify marks it. */
function isBrokenOffBody(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return false;
  return error.code === 'ECONNRESET' && error.statusCode === 400;
}

/**
 * Whether the client went away before the head of a streamed answer was sent: Fastify then ends the stream, and takes that
 * for a failure where the request had arrived as a whole. A stream that fails by itself has another error.
 */
function isUnread(error: unknown): boolean {
  // Not `instanceof Error`: Node's own may come from another realm.
  return (error as { readonly code?: unknown } | null | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** The status of an error of Nest's or Fastify's own; `undefined` for anything else. */
function statusOfFrameworkError(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined;
  const { code, statusCode } = error;
  return typeof code === 'string' && code.startsWith('FST_ERR_') && typeof statusCode === 'number'
    ? statusCode
    : undefined;
}
