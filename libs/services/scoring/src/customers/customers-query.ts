import { ApiPropertyOptional } from '@nestjs/swagger';
import { usualPageLimit } from '@sestante/runtime';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { type SortKey, sortKeys } from './find-customers.ts';

const mostCustomers = 500;
const longestCursor = 500;
const orders = ['asc', 'desc'] as const;

export class CustomersQuery {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'A rule over the fields of customers (`GET /api/v1/rules/fields`); everybody if absent.',
  })
  @IsOptional()
  @IsObject()
  rule?: object;

  @ApiPropertyOptional({
    enum: sortKeys,
    default: 'lastActivityAt',
    description: 'Customers without a value come last.',
  })
  @IsIn(sortKeys)
  sort: SortKey = 'lastActivityAt';

  @ApiPropertyOptional({ enum: orders, default: 'desc' })
  @IsIn(orders)
  order: (typeof orders)[number] = 'desc';

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: mostCustomers, default: usualPageLimit })
  @IsInt()
  @Min(1)
  @Max(mostCustomers)
  limit: number = usualPageLimit;

  @ApiPropertyOptional({
    maxLength: longestCursor,
    description:
      'The `next` of the previous page, with the same rule, sort and order. All pages are of the instant of the first.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(longestCursor)
  cursor?: string;
}
