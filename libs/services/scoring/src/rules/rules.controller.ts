import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { describeFields } from '@sestante/rules';
import { jsonSchema, Roles } from '@sestante/runtime';
import { customerFieldGroups } from './customer-fields.ts';
import { FieldsResponse } from './fields-response.ts';

const response = { items: describeFields(customerFieldGroups) };

/** Says what a rule over customers may ask for. */
@Roles('admin', 'marketing')
@ApiTags('Audiences')
@Controller('api/v1/rules/fields')
export class RulesController {
  @ApiOperation({
    summary: 'Lists the fields that rules over customers may ask for, with their operators: for an editor of rules.',
  })
  @ApiOkResponse({ schema: jsonSchema(FieldsResponse) })
  @Get()
  list(): typeof response {
    return response;
  }
}
