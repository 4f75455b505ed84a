import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { encodeSecretKey } from '../../crypto/bls0chain/codec.js';
import type { Exposure } from '../../restrictions/exposure/exposure.js';
import { exposureAnswer } from '../../restrictions/exposure/exposure-words.js';
import { policyHash, policyToJson } from '../../restrictions/policy/policy-json.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { ExposureDocument, PolicyDocument } from '../../wire/policy-document.js';
import type { SplitKey, SplitKeyWithShare } from '../domain/split-key.js';

/**
 * A split key, or a master key's place in a list, as ZVault tells of it (wire.md sections 3 and 4). The wire's
 * `public_key` is the user share's, its `peer_public_key` the server share's.
 */
export class SplitKeyAnswer {
  @ApiProperty({ description: 'the owner' })
  user_id!: string;

  @ApiProperty()
  client_id!: string;

  @ApiProperty()
  client_key!: string;

  @ApiProperty({
    description:
      "the user share, 64 hexadecimal characters; empty for a wallet's own entry and for a split key that is revoked or has expired",
  })
  private_key!: string;

  @ApiProperty({ description: "the user share's public key; the client key for a wallet's own entry" })
  public_key!: string;

  @ApiProperty({ description: "the server share's public key; empty for a wallet's own entry" })
  peer_public_key!: string;

  @ApiProperty({ description: 'always empty' })
  mnemonics!: string;

  @ApiProperty({ description: 'the one user it is lent to, or empty' })
  shared_to!: string;

  @ApiProperty()
  is_revoked!: boolean;

  @ApiProperty({ description: 'seconds since 1970' })
  created_at!: number;

  @ApiProperty({ description: 'seconds since 1970; 0 = never' })
  expires_at!: number;
}

/** Whoever has made a split key by a policy is told, in the documented API, what it comes to. */
export class MadeSplitKeyAnswer extends SplitKeyAnswer {
  @ApiPropertyOptional({ description: 'of its policy: 1. This and the next three only if a policy was given' })
  revision?: number;

  @ApiPropertyOptional({ type: PolicyDocument })
  policy?: object;

  @ApiPropertyOptional({ description: 'SHA-256 of the canonical policy, 64 hexadecimal digits' })
  hash?: string;

  @ApiPropertyOptional({ type: ExposureDocument, description: 'the most that it can do' })
  exposure?: object;
}

/** What is said of the policy of a split key that has just been made. */
export function newPolicyAnswer(policy: Policy, exposure: Exposure): Partial<MadeSplitKeyAnswer> {
  return {
    revision: 1,
    policy: policyToJson(policy),
    hash: policyHash(policy),
    exposure: exposureAnswer(exposure),
  };
}

/** Writes the user share out as hex, for the one who may have it, and wipes the bytes. */
export function splitKeyAnswer({ splitKey, userShare }: SplitKeyWithShare): SplitKeyAnswer {
  const answer = answerWith(splitKey, encodeSecretKey(userShare));
  userShare.wipe();
  return answer;
}

/** @param privateKeyHex the user share, or nothing */
export function answerWith(splitKey: SplitKey, privateKeyHex: string): SplitKeyAnswer {
  return {
    user_id: splitKey.ownerId,
    client_id: splitKey.clientId,
    client_key: splitKey.clientKeyHex,
    private_key: privateKeyHex,
    public_key: splitKey.userPublicKeyHex,
    peer_public_key: splitKey.serverPublicKeyHex,
    mnemonics: '',
    shared_to: splitKey.sharedTo ?? '',
    is_revoked: splitKey.isRevoked,
    created_at: splitKey.createdAtSeconds,
    expires_at: splitKey.expiresAtSeconds,
  };
}
