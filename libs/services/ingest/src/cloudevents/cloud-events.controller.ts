import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { contentTypeOf, Open, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents, type Acknowledgement } from '../accept/accept-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { Authenticate } from '../sources/authenticate.ts';
import { cloudEventsOf } from './modes.ts';

/** Takes CloudEvents 1.0 in binary, structured and batched mode. A source proves itself by its write key. */
@Controller('api/v1/cloudevents')
export class CloudEventsController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @Open()
  @Post()
  @HttpCode(200)
  async take(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Acknowledgement> {
    const sender = await this.authenticate.senderOf(request);
    const events = cloudEventsOf({
      body,
      contentType: contentTypeOf(request),
      headers: request.headers,
      prefix: 'ce-',
    });
    if (events.length === 1 && events[0] === undefined)
      throw new Problem(400, 'event-missing', 'Neither the headers nor the body hold a CloudEvent.');
    assertNotTooLong(events);
    return this.events.accept({ sender, format: 'cloudevent', events });
  }
}
