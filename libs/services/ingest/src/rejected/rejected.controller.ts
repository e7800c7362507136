import { Controller, Get, Query } from '@nestjs/common';
import { Allow } from '@sestante/runtime';
import { Type } from 'class-transformer';
import { IsInt, IsNumberString, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { type KeptRejection, RejectedEvents } from './rejected-events.ts';

class RejectedQuery {
  @IsOptional() @IsNumberString({ no_symbols: true }) @MaxLength(18) before?: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(500) limit = 50;
}

/** The events that could not be used, newest first. */
@Controller('api/v1/rejected')
export class RejectedController {
  constructor(private readonly rejectedEvents: RejectedEvents) {}

  @Allow('admin')
  @Get()
  async list(@Query() { before, limit }: RejectedQuery): Promise<{ items: KeptRejection[]; next: string | null }> {
    const items = await this.rejectedEvents.list(before, limit);
    return { items, next: items.length === limit ? items.at(-1)!.id : null };
  }
}
