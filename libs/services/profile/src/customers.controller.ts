import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiProblem,
  Audited,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  jsonSchema,
  notFound,
} from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { writeCursor } from './cursor.ts';
import { type ActivityResponse, Customer, TimelinePage, toActivityResponse } from './customer-response.ts';
import { masked, viewOf } from './customer-view.ts';
import { maskProperties, maskProperty } from './masking/mask-properties.ts';
import { seesInFull } from './masking/sees-in-full.ts';
import { Customers } from './store/customers.ts';
import { Timeline } from './store/timeline.ts';
import { TimelineQuery, toFilter } from './timeline-query.ts';

/** Reads customers and their timelines. */
@ApiTags('Customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: Customers,
    private readonly timeline: Timeline,
  ) {}

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('customer.read')
  @ApiOperation({
    summary: 'Returns a customer: identifiers, traits, consents, standing, and where it was seen.',
    description: 'Identifiers and traits are masked for marketing.',
  })
  @ApiOkResponse({ schema: jsonSchema(Customer) })
  @ApiProblem(404, 'not-found')
  @Get(':id')
  async read(@CustomerId() id: string, @CallerAccess() caller: Caller): Promise<Customer> {
    const customer = await viewOf(this.dataSource, await this.customers.requireId(id));
    if (!customer) throw notFound('customer');
    return seesInFull(caller) ? customer : masked(customer);
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('timeline.read')
  @ApiOperation({
    summary: 'Lists the activities of a customer, newest first or oldest first.',
    description: 'Personal data in properties is masked for marketing.',
  })
  @ApiOkResponse({ schema: jsonSchema(TimelinePage) })
  @ApiProblem(400, 'bad-cursor')
  @ApiProblem(400, 'too-many-names')
  @ApiProblem(400, 'bad-instant')
  @ApiProblem(404, 'not-found')
  @Get(':id/timeline')
  async readTimeline(
    @CustomerId() id: string,
    @Query() query: TimelineQuery,
    @CallerAccess() caller: Caller,
  ): Promise<TimelinePage> {
    const filter = toFilter(query);
    const customerId = await this.customers.requireId(id);
    const page = await this.timeline.page(customerId, filter, query.limit);
    return {
      items: page.map(toActivityResponse).map(seesInFull(caller) ? (one) => one : maskedActivity),
      next: page.length === query.limit ? writeCursor(page.at(-1)!) : null,
    };
  }
}

function maskedActivity({ properties, violations, ...activity }: ActivityResponse): ActivityResponse {
  const maskedViolations = violations?.map(({ given, ...violation }) => ({
    ...violation,
    ...(given !== undefined && { given: maskProperty(violation.field, given) }),
  }));
  return {
    ...activity,
    properties: maskProperties(properties),
    ...(maskedViolations && { violations: maskedViolations }),
  };
}
