import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Allow, Problem } from '@sestante/runtime';
import { Type } from 'class-transformer';
import { IsInt, IsNumberString, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { Redrive, type Redriven } from './redrive.ts';
import { type KeptRejection, type RejectedCount, RejectedEvents } from './rejected-events.ts';

const digits = { no_symbols: true };

class FilterRequest {
  @IsOptional() @IsUUID() sourceId?: string;
  @IsOptional() @IsString() @MaxLength(100) code?: string;
}

class ListRequest extends FilterRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @IsNumberString(digits) @MaxLength(18) before?: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(500) limit = 50;
}

class RedriveRequest extends FilterRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @IsNumberString(digits) @MaxLength(18) after?: string;
}

interface RejectedPage {
  readonly items: readonly KeptRejection[];
  readonly next: string | null;
  readonly counts: readonly RejectedCount[];
}

type RedrivenEvent = { readonly verdict: 'accepted' } | { readonly verdict: 'rejected'; code: string; reason: string };

/** The events that could not be used, newest first, and their second chance. */
@Allow('admin')
@Controller('api/v1/rejected')
export class RejectedController {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly redrive: Redrive,
  ) {}

  @Get()
  async list(@Query() { before, limit, ...filter }: ListRequest): Promise<RejectedPage> {
    const [items, counts] = await Promise.all([
      this.rejectedEvents.list(filter, { before, limit }),
      this.rejectedEvents.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }

  @Post('redrive')
  @HttpCode(200)
  redriveAll(@Body() { after, ...filter }: RedriveRequest): Promise<Redriven> {
    return this.redrive.all(filter, after);
  }

  @Post(':id/redrive')
  @HttpCode(200)
  async redriveOne(@Param('id') id: string): Promise<RedrivenEvent> {
    if (!/^\d{1,18}$/.test(id)) throw new Problem(400, 'bad-request', 'The id of a rejected event is a number.');
    const verdict = await this.redrive.one(id);
    if (verdict.kind === 'accepted') return { verdict: 'accepted' };
    const { code, reason } = verdict.rejection;
    return { verdict: 'rejected', code, reason };
  }
}
