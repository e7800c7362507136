import { Controller, HttpCode, Post } from '@nestjs/common';
import { Direct, notFound, Open, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents, type Acknowledgement } from '../accept/accept-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { Authenticate } from '../sources/authenticate.ts';
import type { Sender } from '../sources/source.ts';

/** The type of event that the last part of a path names; browsers name it by its first letter. */
const types = new Map(
  ['track', 'identify', 'page', 'screen', 'group', 'alias'].flatMap((type): [string, string][] => [
    [type, type],
    [type[0]!, type],
  ]),
);

interface Batch {
  readonly batch?: unknown;
  readonly sentAt?: unknown;
}

/** The tracking API as the SDKs of Segment, RudderStack and Jitsu speak it. A source proves itself by its write key. */
@Controller()
@Open()
export class TrackingController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @Direct()
  @Post(['v1/batch', 'v1/b'])
  @HttpCode(200)
  async batch(request: FastifyRequest): Promise<Acknowledgement> {
    return this.acceptBatch(request.body, await this.authenticate.senderOf(request));
  }

  /** RudderStack's batch from a page that closes. It can set no headers then, so that its key is in the address. */
  @Direct()
  @Post('beacon/v1/batch')
  @HttpCode(200)
  async beacon(request: FastifyRequest): Promise<Acknowledgement> {
    const { writeKey } = request.query as { writeKey?: unknown };
    return this.acceptBatch(request.body, await this.authenticate.senderOf(request, writeKey));
  }

  /** What Segment's SDK for browsers measures of itself. It is nobody's activity. */
  @Direct()
  @Post('v1/m')
  @HttpCode(200)
  async ignore(): Promise<Acknowledgement> {
    return { success: true };
  }

  @Direct()
  @Post(['v1/:type', 'api/s/:type', 'api/s/s2s/:type'])
  @HttpCode(200)
  async single(request: FastifyRequest): Promise<Acknowledgement> {
    const type = types.get((request.params as { type: string }).type);
    if (!type) throw notFound('route');
    const sender = await this.authenticate.senderOf(request);
    return this.events.accept({ sender, format: 'tracking', events: [{ ...asObject(request.body), type }] });
  }

  private acceptBatch(body: unknown, sender: Sender): Promise<Acknowledgement> {
    const { batch, sentAt } = asObject(body) as Batch;
    if (!Array.isArray(batch)) throw new Problem(400, 'batch-missing', 'The body needs an array of events in `batch`.');
    assertNotTooLong(batch);
    return this.events.accept({ sender, format: 'tracking', events: batch, sentAt });
  }
}

function asObject(body: unknown): object {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'not-an-object', 'The body must be a JSON object.');
  return body;
}
