import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, Audited, CustomerId, CustomerOrRoles, jsonSchema, notFound } from '@sestante/runtime';
import { writeCursor } from './cursor.ts';
import { Customer, type ActivityResponse, TimelinePage } from './customer-response.ts';
import { Customers } from './store/customers.ts';
import { type StoredActivity, Timeline } from './store/timeline.ts';
import { TimelineQuery, toFilter } from './timeline-query.ts';

/** Reads customers and their timelines. */
@ApiTags('Customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    private readonly customers: Customers,
    private readonly timeline: Timeline,
  ) {}

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('customer.read')
  @ApiOperation({
    summary: 'Returns a customer with its members, identifiers, traits and standing.',
  })
  @ApiOkResponse({ schema: jsonSchema(Customer) })
  @ApiProblem(404, 'not-found')
  @Get(':id')
  async read(@CustomerId() id: string): Promise<Customer> {
    const customerId = await this.customers.requireId(id);
    return (await this.customers.read(customerId)) ?? throwNotFound();
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('timeline.read')
  @ApiOperation({ summary: 'Lists the activities of a customer, newest first or oldest first.' })
  @ApiOkResponse({ schema: jsonSchema(TimelinePage) })
  @ApiProblem(400, 'bad-cursor')
  @ApiProblem(400, 'too-many-names')
  @ApiProblem(400, 'bad-instant')
  @ApiProblem(404, 'not-found')
  @Get(':id/timeline')
  async readTimeline(@CustomerId() id: string, @Query() query: TimelineQuery): Promise<TimelinePage> {
    const filter = toFilter(query);
    const customerId = await this.customers.requireId(id);
    const page = await this.timeline.page(customerId, filter, query.limit);
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
  vouchedBy,
  timestamp,
  receivedAt,
  properties,
  violations,
}: StoredActivity): ActivityResponse {
  return { activityId, name, channel, vouchedBy, timestamp, receivedAt, properties, ...(violations && { violations }) };
}
