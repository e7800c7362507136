import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { isObject } from '@sestante/contracts';
import { ApiProblem, Direct, jsonSchema, notFound, Public, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents } from '../accept/accept-events.ts';
import { Acknowledgement } from '../accept/acknowledgement.ts';
import { TakesEvents } from '../accept/takes-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { Authenticate } from '../sources/authenticate.ts';
import type { Sender } from '../types/source.ts';
import { customerTokenOf, TakesCustomerToken } from '../sources/customer-token.ts';
import { TakesWriteKey } from '../sources/takes-write-key.ts';
import { anEvent, Batch, SingleEvent } from './tracking-bodies.ts';

/** The event types by the last part of a path. Browsers send only the first letter. */
const types = new Map(
  ['track', 'identify', 'page', 'screen', 'group', 'alias'].flatMap((type): [string, string][] => [
    [type, type],
    [type[0]!, type],
  ]),
);

const aBatch = { batch: [{ type: 'track', ...anEvent }], sentAt: '2026-11-20T10:00:01.000Z' };

/** The tracking API of the Segment, RudderStack and Jitsu SDKs. A source authenticates with its write key. */
@ApiTags('Tracking')
@Controller()
export class TrackingController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @Direct()
  @TakesWriteKey('headers', 'body')
  @TakesCustomerToken()
  @TakesEvents()
  @ApiOperation({ summary: 'Accepts a batch of events.' })
  @ApiBody({ schema: jsonSchema(Batch), examples: { batch: { value: aBatch } } })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiProblem(400, 'not-an-object', 'batch-missing')
  @ApiProblem(413, 'batch-too-long')
  @Post(['v1/batch', 'v1/b'])
  async batch(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Acknowledgement> {
    return this.acceptBatch(body, await this.authenticate.senderOf(request), customerTokenOf(request));
  }

  /** The batch of RudderStack's SDK from a closing page. The page cannot set headers then, so that the key is in the address. */
  @Direct()
  @TakesWriteKey('query', 'headers', 'body')
  @TakesEvents()
  @ApiOperation({ summary: 'Accepts a batch from a closing page, which cannot set headers.' })
  @ApiBody({ schema: jsonSchema(Batch), examples: { batch: { value: aBatch } } })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiProblem(400, 'not-an-object', 'batch-missing')
  @ApiProblem(413, 'batch-too-long')
  @Post('beacon/v1/batch')
  async beacon(
    @Req() request: FastifyRequest,
    @Query('writeKey') writeKey: unknown,
    @Body() body: unknown,
  ): Promise<Acknowledgement> {
    return this.acceptBatch(body, await this.authenticate.senderOf(request, writeKey));
  }

  /** The metrics that Segment's SDK for browsers sends about itself. They are not activities. */
  @Direct()
  @Public()
  @ApiOperation({ summary: 'Accepts the metrics of an SDK about itself, and discards them.' })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiBody({ schema: {}, examples: { metrics: { value: { series: [] } } } })
  @Post('v1/m')
  @HttpCode(200)
  async ignore(): Promise<Acknowledgement> {
    return { success: true };
  }

  @Direct()
  @TakesWriteKey('headers', 'body')
  @TakesCustomerToken()
  @TakesEvents()
  @ApiOperation({ summary: 'Accepts one event.' })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiParam({ name: 'type', enum: [...types.keys()] })
  @ApiBody({ schema: jsonSchema(SingleEvent), examples: { order: { value: anEvent } } })
  @ApiProblem(400, 'not-an-object')
  @ApiProblem(404, 'not-found')
  @Post(['v1/:type', 'api/s/:type', 'api/s/s2s/:type'])
  async single(
    @Req() request: FastifyRequest,
    @Param('type') path: string,
    @Body() body: unknown,
  ): Promise<Acknowledgement> {
    const type = types.get(path);
    if (!type) throw notFound('route');
    const sender = await this.authenticate.senderOf(request);
    const events = [{ ...asObject(body), type }];
    return this.events.accept({ sender, format: 'tracking', events, customerToken: customerTokenOf(request) });
  }

  private acceptBatch(body: unknown, sender: Sender, customerToken?: string): Promise<Acknowledgement> {
    const { batch, sentAt } = asObject(body) as { readonly batch?: unknown; readonly sentAt?: unknown };
    if (!Array.isArray(batch))
      throw new Problem(400, 'batch-missing', '`batch` in the body must be an array of events.');
    assertNotTooLong(batch);
    return this.events.accept({ sender, format: 'tracking', events: batch, sentAt, customerToken });
  }
}

function asObject(body: unknown): object {
  if (!isObject(body)) throw new Problem(400, 'not-an-object', 'The body must be a JSON object.');
  return body;
}
