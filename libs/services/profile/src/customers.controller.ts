import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import {
  Roles,
  CustomerOrRoles,
  ApiProblem,
  CustomerId,
  jsonSchema,
  notFound,
  PageLimit,
  Problem,
  usualPageLimit,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsString, MaxLength, MinLength, NotContains } from 'class-validator';
import { readCursor, writeCursor } from './cursor.ts';
import { Customer, FoundCustomers, type ActivityResponse, TimelinePage } from './customer-response.ts';
import { Customers } from './store/customers.ts';
import { type StoredActivity, Timeline } from './store/timeline.ts';

class IdentifierQuery {
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

class TimelineQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'The `next` of the previous page.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

/** Reads customers and their timelines. */
@ApiTags('Customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    private readonly customers: Customers,
    private readonly timeline: Timeline,
  ) {}

  @Roles('admin', 'marketing', 'clerk', 'app')
  @ApiOperation({ summary: 'Finds the customer that has an identifier.' })
  @ApiOkResponse({ schema: jsonSchema(FoundCustomers) })
  @Get()
  async find(@Query() { kind, value }: IdentifierQuery): Promise<FoundCustomers> {
    const identifier = normalise(kind, value);
    const customerId = identifier && (await this.customers.find(identifier));
    return { items: customerId ? [{ customerId }] : [] };
  }

  @CustomerOrRoles('marketing', 'clerk')
  @ApiOperation({
    summary: 'Returns a customer with its members, identifiers, traits and standing.',
  })
  @ApiOkResponse({ schema: jsonSchema(Customer) })
  @ApiProblem(404, 'not-found')
  @Get(':id')
  async read(@CustomerId() id: string): Promise<Customer> {
    return (await this.customers.read(id)) ?? throwNotFound();
  }

  @CustomerOrRoles('marketing', 'clerk')
  @ApiOperation({ summary: 'Lists the activities of a customer, newest first.' })
  @ApiOkResponse({ schema: jsonSchema(TimelinePage) })
  @ApiProblem(400, 'bad-cursor')
  @ApiProblem(404, 'not-found')
  @Get(':id/timeline')
  async readTimeline(@CustomerId() id: string, @Query() query: TimelineQuery): Promise<TimelinePage> {
    const cursor = query.before === undefined ? undefined : readCursor(query.before);
    if (query.before !== undefined && !cursor)
      throw new Problem(400, 'bad-cursor', '`before` must be the `next` of a previous page.');
    if (!(await this.customers.exists(id))) throwNotFound();
    const page = await this.timeline.page(id, cursor, query.limit);
    return {
      items: page.map(toActivityResponse),
      next: page.length === query.limit ? writeCursor(page.at(-1)!) : null,
    };
  }
}

function throwNotFound(): never {
  throw notFound('customer');
}

function toActivityResponse({
  activityId,
  name,
  channel,
  timestamp,
  receivedAt,
  properties,
  violations,
}: StoredActivity): ActivityResponse {
  return { activityId, name, channel, timestamp, receivedAt, properties, ...(violations && { violations }) };
}
