import { ApiPropertyOptional } from '@nestjs/swagger';
import { PageLimit, Problem, usualPageLimit } from '@sestante/runtime';
import { IsIn, IsOptional, IsString, Matches, MaxLength, NotContains } from 'class-validator';
import { readCursor } from './cursor.ts';
import { existingInstant, rfc3339 } from './rfc3339.ts';
import type { StoredActivity, TimelineFilter } from './store/timeline.ts';

const maxNames = 20;
const channels = ['web', 'mobile', 'store', 'service', 'other'] as const satisfies StoredActivity['channel'][];

export class TimelineQuery {
  @ApiPropertyOptional({
    enum: ['asc', 'desc'],
    default: 'desc',
    description: '`desc`: newest first. `asc`: oldest first.',
  })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order: 'asc' | 'desc' = 'desc';
  @ApiPropertyOptional({ maxLength: 200, description: 'The `next` of the previous page, newest first.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;
  @ApiPropertyOptional({ maxLength: 200, description: 'The `next` of the previous page, oldest first.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  after?: string;
  @ApiPropertyOptional({
    type: String,
    maxLength: 2_600,
    description: `The names of activities, separated by commas; at most ${maxNames}.`,
    example: 'order.completed,order.refunded',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2_600)
  @NotContains('\0')
  name?: string;
  @ApiPropertyOptional({ enum: channels })
  @IsOptional()
  @IsIn(channels)
  channel?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant.' })
  @IsOptional()
  @Matches(rfc3339)
  from?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant that is too late.' })
  @IsOptional()
  @Matches(rfc3339)
  until?: string;
  @PageLimit() limit = usualPageLimit;
}

/** Throws 400 for a cursor of another order, and for too many names. */
export function toFilter({ order, before, after, name, channel, from, until }: TimelineQuery): TimelineFilter {
  const text = order === 'desc' ? before : after;
  const cursor = text === undefined ? undefined : readCursor(text);
  const isWrong = (text !== undefined && !cursor) || (order === 'desc' ? after : before) !== undefined;
  if (isWrong)
    throw new Problem(
      400,
      'bad-cursor',
      'Send the `next` of a page as `before` (newest first) or `after` (with `order=asc`).',
    );
  const names = name?.split(',').filter(Boolean);
  if (names && names.length > maxNames) throw new Problem(400, 'too-many-names', `At most ${maxNames} names.`);
  return { order, cursor, names, channel, from: instantOf(from), until: instantOf(until) };
}

function instantOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const instant = existingInstant(text);
  if (!instant) throw new Problem(400, 'bad-instant', `${text} is not an instant.`);
  return instant.toISOString();
}
