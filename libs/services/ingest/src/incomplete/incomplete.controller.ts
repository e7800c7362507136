import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Roles, jsonSchema, PageLimit, usualPageLimit } from '@sestante/runtime';
import { IsOptional, IsUUID, Matches, MaxLength, NotContains } from 'class-validator';
import { IncompleteEvents } from './incomplete-events.ts';
import { IncompletePage } from './incomplete-response.ts';

const code = /^[a-z0-9-]{1,100}$/;
/** The ids of the database fit into 18 digits. */
const id = /^\d{1,18}$/;

class ListRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  sourceId?: string;
  @ApiPropertyOptional({ maxLength: 128, pattern: '^[^\\0]*$', description: 'The name of the activity.' })
  @IsOptional()
  @MaxLength(128)
  @NotContains('\0')
  name?: string;
  @ApiPropertyOptional({ pattern: code.source })
  @IsOptional()
  @Matches(code)
  code?: string;
  @ApiPropertyOptional({ pattern: id.source, description: 'The `next` of the previous page.' })
  @IsOptional()
  @Matches(id)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

/** Lists events that were accepted with violations. */
@Roles('admin')
@ApiTags('Incomplete events')
@Controller('api/v1/incomplete')
export class IncompleteController {
  constructor(private readonly incompleteEvents: IncompleteEvents) {}

  @ApiOperation({
    summary: 'Lists the violations of accepted events: the latest events, and counts by source, activity and kind.',
  })
  @ApiOkResponse({ schema: jsonSchema(IncompletePage) })
  @Get()
  async list(@Query() { before, limit, ...filter }: ListRequest): Promise<IncompletePage> {
    const [items, counts] = await Promise.all([
      this.incompleteEvents.list(filter, { before, limit }),
      this.incompleteEvents.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }
}
