import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Channel, channels, type Element, elements } from '@sestante/engagement';
import { FromDigits, ItemLimit } from '@sestante/runtime';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { ElementSpanQuery } from '../asked-span.ts';
import { daysBack } from './count-days.ts';
import { type Window, windows } from './movement.ts';

/** Of which customers, and when. */
export class SummaryQuery {
  @ApiPropertyOptional({ enum: channels, description: 'Only customers with evidence in this channel.' })
  @IsOptional()
  @IsIn(channels)
  channel?: Channel;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only the members of an audience.' })
  @IsOptional()
  @IsUUID()
  audience?: string;

  @ApiPropertyOptional({
    maxLength: 40,
    description: `An instant in ISO 8601: the scores at the end of the last day (UTC) before it. The default is now. The last ${daysBack} days, and all that were counted since, are kept.`,
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  at?: string;
}

/** Of which element, and when. */
export class TrendQuery extends ElementSpanQuery {
  @ApiPropertyOptional({ enum: ['day', 'week'], default: 'day' })
  @IsIn(['day', 'week'])
  step: 'day' | 'week' = 'day';
}

/** Of which element, and in how many days. */
export class MoversQuery {
  @ApiProperty({ enum: elements })
  @IsIn(elements)
  element!: Element;

  @ApiPropertyOptional({ type: 'integer', enum: windows, default: 7 })
  @FromDigits()
  @IsIn(windows)
  days: Window = 7;

  @ItemLimit({ most: 50, usual: 10, description: 'How many customers are in each of `fell` and `rose`.' })
  limit = 10;
}
