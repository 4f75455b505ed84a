import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../clock/clock.js';
import { Access } from '../../identity/access.js';
import { policyTemplates } from '../../restrictions/policy/templates.js';
import { PolicyDocument } from '../../wire/policy-document.js';

class TemplateAnswer {
  @ApiProperty({ example: 'spending_card' })
  name!: string;

  @ApiProperty({ description: 'one sentence for whoever chooses' })
  summary!: string;

  @ApiProperty({
    type: [String],
    description: 'the members to replace by your own; as they stand they are safe and of no use',
  })
  replace!: string[];

  @ApiProperty({ type: PolicyDocument, description: 'complete, as it can be sent' })
  policy!: object;
}

@ApiTags('Policies')
@Controller('')
export class ReadTemplatesController {
  constructor(private readonly clock: Clock) {}

  @Get('policy/templates')
  @Access('public')
  @ApiOperation({
    operationId: 'read-templates',
    summary: 'List complete policies for common uses, to begin with',
    security: [],
  })
  @ApiOkResponse({ type: [TemplateAnswer] })
  read(): TemplateAnswer[] {
    return policyTemplates(this.clock.nowSeconds()).map(({ name, summary, replace, policy }) => ({
      name,
      summary,
      replace: [...replace],
      policy,
    }));
  }
}
