import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseClientId, parsePublicKeyName } from '../crypto/key-names.js';
import type { ClientId, PublicKeyHex } from '../crypto/key-names.js';
import { DomainError } from '../errors/domain-error.js';
import { parseUserId } from '../identity/user-id.js';
import type { UserId } from '../identity/user-id.js';

const PEER_PUBLIC_KEY_HEADER = 'X-Peer-Public-Key';

/** A client id from a field of the body or path; either letter case. Throws `REQUEST.INVALID_FIELD`. */
export function parseClientIdField(text: string, field: string): ClientId {
  return parseClientId(text) ?? refuse(field, 'must be 64 hexadecimal characters');
}

/** A public key's name from a field of the body; either letter case. Throws `REQUEST.INVALID_FIELD`. */
export function parsePublicKeyField(text: string, field: string): PublicKeyHex {
  return parsePublicKeyName(text) ?? refuse(field, 'must be 128 hexadecimal characters');
}

/** A user id from a field of the body. Throws `REQUEST.INVALID_FIELD`. */
export function parseUserIdField(text: string, field: string): UserId {
  return parseUserId(text) ?? refuse(field, 'must be a user id: 1 to 256 characters, none of them control characters');
}

/** The `:client_id` of the path. Throws `REQUEST.INVALID_FIELD` unless it is 64 hexadecimal characters. */
export const ClientIdParam = createParamDecorator((_: unknown, context: ExecutionContext): ClientId => {
  const { client_id: text = '' } = context.switchToHttp().getRequest<FastifyRequest>().params as { client_id?: string };
  return parseClientIdField(text, 'client_id');
});

/**
 * The key that names a split key. Either share's key will do: mixing them up is the most common fault of real
 * clients (wire.md section 3). Throws `REQUEST.MISSING_HEADER` or `REQUEST.INVALID_FIELD`.
 */
export function peerPublicKeyOf(request: FastifyRequest): PublicKeyHex {
  const text = request.headers['x-peer-public-key'];
  if (typeof text === 'string' && text !== '') return parsePublicKeyField(text, PEER_PUBLIC_KEY_HEADER);
  throw new DomainError('REQUEST.MISSING_HEADER', `the header ${PEER_PUBLIC_KEY_HEADER} is required`, {
    field: PEER_PUBLIC_KEY_HEADER,
  });
}

/** As {@link peerPublicKeyOf}. */
export const PeerPublicKeyHeader = createParamDecorator((_: unknown, context: ExecutionContext): PublicKeyHex =>
  peerPublicKeyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

function refuse(field: string, rule: string): never {
  throw new DomainError('REQUEST.INVALID_FIELD', `${field}: ${rule}`, { field });
}
