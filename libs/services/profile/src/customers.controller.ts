import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { Allow, AllowCustomerAnd, Fails, FromDigits, notFound, Problem, Says } from '@sestante/runtime';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength, NotContains } from 'class-validator';
import { readCursor, writeCursor } from './cursor.ts';
import { Customer, FoundCustomers, type ShownActivity, TimelinePage } from './shown-customer.ts';
import { Customers } from './store/customers.ts';
import { type KeptActivity, Timeline } from './store/timeline.ts';

class IdentifierQuery {
  @IsIn(identifierKinds) kind!: IdentifierKind;
  @IsString() @MinLength(1) @MaxLength(256) @NotContains('\0') value!: string;
}

class TimelineQuery {
  @IsOptional() @IsString() @MaxLength(200) before?: string;
  @FromDigits() @IsInt() @Min(1) @Max(500) limit = 50;
}

/** Who customers are and what they did. */
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    private readonly customers: Customers,
    private readonly timeline: Timeline,
  ) {}

  @Allow('admin', 'marketing', 'clerk', 'app')
  @Says('The customer that an identifier leads to.', { answers: FoundCustomers })
  @Get()
  async find(@Query() { kind, value }: IdentifierQuery): Promise<FoundCustomers> {
    const identifier = normalise(kind, value);
    const customerId = identifier && (await this.customers.find(identifier));
    return { items: customerId ? [{ customerId }] : [] };
  }

  @AllowCustomerAnd('marketing', 'clerk')
  @Says(
    'Who a customer is: members, identifiers, traits, and the standing: consents, preferences, difficulty, open apology.',
    { answers: Customer },
  )
  @Fails(404, 'not-found')
  @Get(':id')
  async read(@Param('id', ParseUUIDPipe) id: string): Promise<Customer> {
    return (await this.customers.read(id)) ?? fail();
  }

  @AllowCustomerAnd('marketing', 'clerk')
  @Says('What happened, newest first.', { answers: TimelinePage })
  @Fails(400, 'bad-cursor')
  @Fails(404, 'not-found')
  @Get(':id/timeline')
  async readTimeline(@Param('id', ParseUUIDPipe) id: string, @Query() query: TimelineQuery): Promise<TimelinePage> {
    const cursor = query.before === undefined ? undefined : readCursor(query.before);
    if (query.before !== undefined && !cursor)
      throw new Problem(400, 'bad-cursor', '`before` must be the `next` of an earlier answer.');
    if (!(await this.customers.exists(id))) fail();
    const page = await this.timeline.page(id, cursor, query.limit);
    return { items: page.map(shown), next: page.length === query.limit ? writeCursor(page.at(-1)!) : null };
  }
}

function fail(): never {
  throw notFound('customer');
}

function shown({
  activityId,
  name,
  channel,
  timestamp,
  receivedAt,
  properties,
  violations,
}: KeptActivity): ShownActivity {
  return { activityId, name, channel, timestamp, receivedAt, properties, ...(violations && { violations }) };
}
