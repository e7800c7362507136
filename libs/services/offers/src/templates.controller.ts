import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { isTriggeredBy, templateDocument, type TemplateDocument } from '@sestante/offer-policy';
import { Roles, jsonSchema } from '@sestante/runtime';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { Catalogue } from './catalogue.ts';
import { TemplateList } from './template-response.ts';

class TemplatesQuery {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 128,
    description: 'The name of an activity: only the templates that answer it are listed.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  answers?: string;
}

/** Lists the templates. An activity that no template answers leads to no decision, and this list shows why. */
@Roles('admin', 'marketing', 'clerk')
@ApiTags('Offer templates')
@Controller('api/v1/templates')
export class TemplatesController {
  constructor(private readonly catalogue: Catalogue) {}

  @ApiOperation({
    summary: 'Lists the live templates, or those that answer an activity.',
  })
  @ApiOkResponse({ schema: jsonSchema(TemplateList) })
  @Get()
  list(@Query() { answers: name }: TemplatesQuery): { items: TemplateDocument[] } {
    const { templates } = this.catalogue;
    const items = name === undefined ? templates : templates.filter((template) => isTriggeredBy(template, name));
    return { items: items.map(templateDocument) };
  }
}
