import { Controller, Get, Query } from '@nestjs/common';
import { Allow, FromDigits, Says } from '@sestante/runtime';
import { IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min, NotContains } from 'class-validator';
import { IncompleteEvents } from './incomplete-events.ts';
import { IncompletePage } from './shown-incomplete.ts';

class ListRequest {
  @IsOptional() @IsUUID() sourceId?: string;
  /** Our name of the activity. */
  @IsOptional() @MaxLength(128) @NotContains('\0') name?: string;
  @IsOptional() @Matches(/^[a-z0-9-]{1,100}$/) code?: string;
  /** The `next` of an earlier answer. */
  @IsOptional() @Matches(/^\d{1,18}$/) before?: string;
  @FromDigits() @IsInt() @Min(1) @Max(500) limit = 50;
}

/** The events that were accepted although something is wrong with them. */
@Allow('admin')
@Controller('api/v1/incomplete')
export class IncompleteController {
  constructor(private readonly incompleteEvents: IncompleteEvents) {}

  @Says('What is wrong with accepted events: how often, by source, activity and kind, and the last events of each.', {
    answers: IncompletePage,
  })
  @Get()
  async list(@Query() { before, limit, ...filter }: ListRequest): Promise<IncompletePage> {
    const [items, counts] = await Promise.all([
      this.incompleteEvents.list(filter, { before, limit }),
      this.incompleteEvents.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }
}
