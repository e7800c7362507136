import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { Open, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents, type Acknowledgement } from '../accept/accept-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { Authenticate } from '../sources/authenticate.ts';

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

/** The tracking API that Segment-compatible SDKs speak. A source proves itself by its write key. */
@Controller('v1')
export class TrackingController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @Open()
  @Post(['batch', 'b'])
  @HttpCode(200)
  async batch(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Acknowledgement> {
    const sender = await this.authenticate.senderOf(request);
    const { batch, sentAt } = asObject(body) as Batch;
    if (!Array.isArray(batch)) throw new Problem(400, 'batch-missing', 'The body needs an array of events in `batch`.');
    assertNotTooLong(batch);
    return this.events.accept({ sender, format: 'tracking', events: batch, sentAt });
  }

  @Open()
  @Post(':type')
  @HttpCode(200)
  async single(
    @Req() request: FastifyRequest,
    @Param('type') path: string,
    @Body() body: unknown,
  ): Promise<Acknowledgement> {
    const type = types.get(path);
    if (!type) throw new Problem(404, 'not-found', 'There is no such route.');
    const sender = await this.authenticate.senderOf(request);
    return this.events.accept({ sender, format: 'tracking', events: [{ ...asObject(body), type }] });
  }
}

function asObject(body: unknown): object {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'not-an-object', 'The body must be a JSON object.');
  return body;
}
