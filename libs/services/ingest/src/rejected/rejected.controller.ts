import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Allow, Fails, FromDigits, Says } from '@sestante/runtime';
import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { Redrive } from './redrive.ts';
import { RejectedEvents } from './rejected-events.ts';
import { Redriven, RedrivenEvent, RejectedPage } from './shown-rejected.ts';

/** As large as the database has ids, and no larger. */
const id = /^\d{1,18}$/;

class FilterRequest {
  @IsOptional() @IsUUID() sourceId?: string;
  @IsOptional() @Matches(/^[a-z-]{1,100}$/) code?: string;
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

class RejectedId {
  @Matches(id, { message: 'The id of a rejected event is a number.' }) id!: string;
}

/** The events that could not be used, newest first, and their second chance. */
@Allow('admin')
@Controller('api/v1/rejected')
export class RejectedController {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
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
