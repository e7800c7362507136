import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { cloudEventSchema } from '@sestante/contracts';
import { ApiProblem, contentTypeOf, jsonSchema, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents } from '../accept/accept-events.ts';
import { Acknowledgement } from '../accept/acknowledgement.ts';
import { TakesEvents } from '../accept/takes-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { mostEventsOfBatch } from '../judge/limits.ts';
import { Authenticate } from '../sources/authenticate.ts';
import { customerTokenOf, TakesCustomerToken } from '../sources/customer-token.ts';
import { TakesWriteKey } from '../sources/takes-write-key.ts';
import { cloudEventsOf } from '../formats/cloudevents/modes.ts';

const CloudEvent = { $id: 'CloudEvent', ...cloudEventSchema };
const CloudEventBatch = { type: 'array', items: CloudEvent, maxItems: mostEventsOfBatch };

const anOrder = {
  specversion: '1.0',
  id: 'o-1',
  source: '/erp',
  type: 'com.shop.order.completed',
  subject: 'user_id:ada',
  time: '2026-11-20T10:00:00Z',
  data: { order_id: 'o-1', revenue: 168, currency: 'EUR' },
};

/** Accepts CloudEvents 1.0 in binary, structured and batched mode. A source authenticates with its write key. */
@ApiTags('CloudEvents')
@Controller('api/v1/cloudevents')
export class CloudEventsController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @TakesWriteKey('headers')
  @TakesCustomerToken()
  @TakesEvents()
  @ApiOperation({
    summary: 'Accepts one CloudEvent or an array, or the data of one with its attributes as `ce-…` headers.',
  })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiConsumes('application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json')
  @ApiBody({ schema: jsonSchema({ anyOf: [CloudEvent, CloudEventBatch] }), examples: { order: { value: anOrder } } })
  @ApiProblem(400, 'event-missing')
  @ApiProblem(413, 'batch-too-long')
  @Post()
  async take(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Acknowledgement> {
    const sender = await this.authenticate.senderOf(request);
    const events = cloudEventsOf({
      body,
      contentType: contentTypeOf(request),
      headers: request.headers,
      prefix: 'ce-',
    });
    if (events.length === 1 && events[0] === undefined)
      throw new Problem(400, 'event-missing', 'Send a CloudEvent in the body, or its attributes as `ce-…` headers.');
    assertNotTooLong(events);
    return this.events.accept({ sender, format: 'cloudevent', events, customerToken: customerTokenOf(request) });
  }
}
