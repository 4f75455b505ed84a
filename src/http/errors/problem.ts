import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** An error of the documented API, as RFC 9457 has it. */
export class Problem {
  @ApiProperty({ example: 'urn:split-key-kms:error:SPLIT_KEY.UNKNOWN' })
  type!: string;

  @ApiProperty({ description: 'the same for every error with this code' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty({ description: 'what is wrong with this request' })
  detail!: string;

  @ApiProperty({ description: 'stable; what programs should look at', example: 'SPLIT_KEY.UNKNOWN' })
  code!: string;

  @ApiPropertyOptional({ description: 'the field, header or parameter at fault' })
  field?: string;

  @ApiPropertyOptional({
    description: 'where a rule says no: why, as a stable word',
    example: 'outside-restrictions',
  })
  reason?: string;

  @ApiPropertyOptional({
    description: 'the first rule that says no; the detail says how many others do',
    example: 'operations',
  })
  rule?: string;

  @ApiPropertyOptional({
    description:
      'where nothing but a limit that frees itself says no: in how many seconds it would say yes; also in the ' +
      'Retry-After header',
    type: 'integer',
    example: 3600,
  })
  retry_after_seconds?: number;

  @ApiProperty({ description: 'also in the X-Request-Id header, the log and the audit record' })
  request_id!: string;
}
