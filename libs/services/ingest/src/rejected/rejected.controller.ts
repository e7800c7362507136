import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { Roles, ApiProblem, jsonSchema, notFound, PageLimit, Problem, usualPageLimit } from '@sestante/runtime';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength, NotContains } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { IncompleteEvents } from '../incomplete/incomplete-events.ts';
import { Redrive } from './redrive.ts';
import { RejectedEvents } from './rejected-events.ts';
import { Erased, Redriven, RedrivenEvent, RejectedPage, Removed } from './rejected-response.ts';

/** The ids of the database fit into 18 digits. */
const id = /^\d{1,18}$/;
const code = /^[a-z0-9-]{1,100}$/;

class FilterRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  sourceId?: string;

  @ApiPropertyOptional({ pattern: code.source })
  @IsOptional()
  @Matches(code)
  code?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  importId?: string;
}

class ListRequest extends FilterRequest {
  @ApiPropertyOptional({ pattern: id.source, description: 'The `next` of the previous page.' })
  @IsOptional()
  @Matches(id)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

class RedriveRequest extends FilterRequest {
  @ApiPropertyOptional({ pattern: id.source, description: 'The `next` of the previous page.' })
  @IsOptional()
  @Matches(id)
  after?: string;
}

class PersonRequest {
  @ApiProperty({ enum: identifierKinds })
  @IsIn(identifierKinds)
  kind!: IdentifierKind;

  @ApiProperty({ minLength: 1, maxLength: 256, pattern: '^[^\\0]*$' })
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  @NotContains('\0')
  value!: string;
}

class RejectedId {
  @ApiProperty({ pattern: id.source })
  @Matches(id, { message: 'The id of a rejected event must be a number.' })
  id!: string;
}

/** Lists, removes and reprocesses rejected events. */
@Roles('admin')
@ApiTags('Rejected events')
@Controller('api/v1/rejected')
export class RejectedController {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly incompleteEvents: IncompleteEvents,
    private readonly redrive: Redrive,
  ) {}

  @ApiOperation({ summary: 'Lists rejected events, newest first, with counts by source and code.' })
  @ApiOkResponse({ schema: jsonSchema(RejectedPage) })
  @Get()
  async list(@Query() { before, limit, ...filter }: ListRequest): Promise<RejectedPage> {
    const [items, counts] = await Promise.all([
      this.rejectedEvents.list(filter, { before, limit }),
      this.rejectedEvents.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }

  @ApiOperation({ summary: 'Returns the received bytes of a rejected event.' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblem(404, 'not-found')
  @Get(':id/body')
  async body(@Param() { id }: RejectedId, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const stored = await this.rejectedEvents.body(id);
    if (!stored) throw notFound('rejected event');
    void reply.header(
      'content-disposition',
      `attachment; filename="rejected-${id}.${stored.format === 'line' ? 'txt' : 'json'}"`,
    );
    return new StreamableFile(stored.body);
  }

  @ApiOperation({ summary: 'Permanently removes one rejected event, such as one that was corrected and sent again.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param() { id }: RejectedId): Promise<void> {
    if (!(await this.rejectedEvents.remove(id))) throw notFound('rejected event');
  }

  @ApiOperation({ summary: 'Permanently removes the rejected events of a source, of an import or with a code.' })
  @ApiOkResponse({ schema: jsonSchema(Removed) })
  @ApiProblem(400, 'filter-missing')
  @Delete()
  async removeAll(@Query() { sourceId, code, importId }: FilterRequest): Promise<Removed> {
    if (sourceId === undefined && code === undefined && importId === undefined)
      throw new Problem(400, 'filter-missing', 'Send at least one of `sourceId`, `code` and `importId`.');
    return { removed: await this.rejectedEvents.removeAll({ sourceId, code, importId }) };
  }

  @ApiOperation({
    summary: 'Removes all rejected and incomplete events that contain an identifier of a person.',
  })
  @ApiBody({ type: PersonRequest, examples: { person: { value: { kind: 'email', value: 'ada@example.org' } } } })
  @ApiOkResponse({ schema: jsonSchema(Erased) })
  @ApiProblem(400, 'identifier-invalid')
  @Post('erase')
  @HttpCode(200)
  async erase(@Body() { kind, value }: PersonRequest): Promise<Erased> {
    const identifier = normalise(kind, value);
    if (!identifier) throw new Problem(400, 'identifier-invalid', '`value` is not a valid identifier of this `kind`.');
    const [rejected, incomplete] = await Promise.all([
      this.rejectedEvents.erase({ identifiers: [identifier], words: [identifier.value] }),
      this.incompleteEvents.erase([identifier]),
    ]);
    return { rejected, incomplete };
  }

  @ApiOperation({ summary: 'Reprocesses rejected events, oldest first, and accepts those that are valid now.' })
  @ApiBody({ type: RedriveRequest, required: false, examples: { paused: { value: { code: 'source-paused' } } } })
  @ApiOkResponse({ schema: jsonSchema(Redriven) })
  @ApiProblem(503, 'stream-unavailable')
  @Post('redrive')
  @HttpCode(200)
  redriveAll(@Body() { after, ...filter }: RedriveRequest): Promise<Redriven> {
    return this.redrive.all(filter, after);
  }

  @ApiOperation({ summary: 'Reprocesses one rejected event.' })
  @ApiOkResponse({ schema: jsonSchema(RedrivenEvent) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(503, 'stream-unavailable')
  @Post(':id/redrive')
  @HttpCode(200)
  async redriveOne(@Param() { id }: RejectedId): Promise<RedrivenEvent> {
    const verdict = await this.redrive.one(id);
    if (verdict.kind === 'accepted') return { verdict: 'accepted' };
    const { code, reason } = verdict.rejection;
    return { verdict: 'rejected', code, reason };
  }
}
