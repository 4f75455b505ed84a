import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../../identity/access.js';
import { restrictionsCatalogue } from '../../restrictions/catalogue.js';

class CatalogueFunction {
  @ApiProperty({ description: "the contract's short name; `none` for a plain transfer" })
  contract!: string;

  @ApiProperty({ description: "the contract's address on the chain; empty for a plain transfer" })
  address!: string;

  @ApiProperty()
  name!: string;
}

class CatalogueGroup {
  @ApiProperty({ example: 'token_transfers' })
  group!: string;

  @ApiProperty({ description: 'one line on what a split key with this group may sign' })
  summary!: string;

  @ApiProperty({ type: [CatalogueFunction] })
  functions!: CatalogueFunction[];
}

@ApiTags('Restrictions')
@Controller(['', 'zvault'])
export class ReadCatalogueController {
  @Get('restrictions/catalogue')
  @Access('public')
  @ApiOperation({
    operationId: 'read-catalogue',
    summary: 'List the operation groups that restrictions are made of',
    security: [],
  })
  @ApiOkResponse({ type: [CatalogueGroup] })
  read(): CatalogueGroup[] {
    return restrictionsCatalogue().map((entry) => ({
      group: entry.group,
      summary: entry.summary,
      functions: entry.functions.map(({ contract, address, name }) => ({ contract, address, name })),
    }));
  }
}
