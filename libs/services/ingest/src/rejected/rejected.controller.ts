import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { Allow, Fails, FromDigits, notFound, Problem, Says } from '@sestante/runtime';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  NotContains,
} from 'class-validator';
import type { FastifyReply } from 'fastify';
import { IncompleteEvents } from '../incomplete/incomplete-events.ts';
import { Redrive } from './redrive.ts';
import { RejectedEvents } from './rejected-events.ts';
import { Erased, Redriven, RedrivenEvent, RejectedPage, Removed } from './shown-rejected.ts';

/** As large as the database has ids, and no larger. */
const id = /^\d{1,18}$/;

class FilterRequest {
  @IsOptional() @IsUUID() sourceId?: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,100}$/) code?: string;
  @IsOptional() @IsUUID() importId?: string;
}

class ListRequest extends FilterRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @Matches(id) before?: string;
  @FromDigits() @IsInt() @Min(1) @Max(500) limit = 50;
}

class RedriveRequest extends FilterRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @Matches(id) after?: string;
}

class PersonRequest {
  @IsIn(identifierKinds) kind!: IdentifierKind;
  @IsString() @MinLength(1) @MaxLength(256) @NotContains('\0') value!: string;
}

class RejectedId {
  @Matches(id, { message: 'The id of a rejected event is a number.' }) id!: string;
}

/** The events that could not be used, newest first, and their second chance. */
@Allow('admin')
@Controller('api/v1/rejected')
export class RejectedController {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly incompleteEvents: IncompleteEvents,
    private readonly redrive: Redrive,
  ) {}

  @Says('The rejected events, newest first, and how many there are of each source and code.', { answers: RejectedPage })
  @Get()
  async list(@Query() { before, limit, ...filter }: ListRequest): Promise<RejectedPage> {
    const [items, counts] = await Promise.all([
      this.rejectedEvents.list(filter, { before, limit }),
      this.rejectedEvents.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }

  @Says('The rejected event as it came, byte by byte.', { answers: { type: 'string' }, as: 'application/octet-stream' })
  @Fails(404, 'not-found')
  @Get(':id/body')
  async body(@Param() { id }: RejectedId, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const kept = await this.rejectedEvents.body(id);
    if (!kept) throw notFound('rejected event');
    void reply.header(
      'content-disposition',
      `attachment; filename="rejected-${id}.${kept.format === 'line' ? 'txt' : 'json'}"`,
    );
    return new StreamableFile(kept.body);
  }

  @Says('Removes one rejected event for good, such as one that was mended and sent again.')
  @Fails(404, 'not-found')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param() { id }: RejectedId): Promise<void> {
    if (!(await this.rejectedEvents.remove(id))) throw notFound('rejected event');
  }

  @Says('Removes the rejected events of a source, with a code or of an import for good.', { answers: Removed })
  @Fails(400, 'filter-missing')
  @Delete()
  async removeAll(@Query() { sourceId, code, importId }: FilterRequest): Promise<Removed> {
    if (sourceId === undefined && code === undefined && importId === undefined)
      throw new Problem(400, 'filter-missing', 'Say which: by `sourceId`, `code` or `importId`.');
    return { removed: await this.rejectedEvents.removeAll({ sourceId, code, importId }) };
  }

  @Says('Removes everything that names a person by this identifier, among the rejected and the incomplete events.', {
    answers: Erased,
    example: { kind: 'email', value: 'ada@example.org' },
  })
  @Fails(400, 'identifier-invalid')
  @Post('erase')
  @HttpCode(200)
  async erase(@Body() { kind, value }: PersonRequest): Promise<Erased> {
    const identifier = normalise(kind, value);
    if (!identifier) throw new Problem(400, 'identifier-invalid', 'This is an identifier of nobody.');
    const [rejected, incomplete] = await Promise.all([
      this.rejectedEvents.erase(identifier),
      this.incompleteEvents.erase(identifier),
    ]);
    return { rejected, incomplete };
  }

  @Says('Judges rejected events again, oldest first: those that can be used now are accepted.', {
    answers: Redriven,
    example: { code: 'source-paused' },
  })
  @Fails(503, 'stream-unavailable')
  @Post('redrive')
  @HttpCode(200)
  redriveAll(@Body() { after, ...filter }: RedriveRequest): Promise<Redriven> {
    return this.redrive.all(filter, after);
  }

  @Says('Judges one rejected event again.', { answers: RedrivenEvent })
  @Fails(404, 'not-found')
  @Fails(503, 'stream-unavailable')
  @Post(':id/redrive')
  @HttpCode(200)
  async redriveOne(@Param() { id }: RejectedId): Promise<RedrivenEvent> {
    const verdict = await this.redrive.one(id);
    if (verdict.kind === 'accepted') return { verdict: 'accepted' };
    const { code, reason } = verdict.rejection;
    return { verdict: 'rejected', code, reason };
  }
}
