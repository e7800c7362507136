import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { Open, Problem } from '@sestante/runtime';
import { AcceptEvents, type Receipt } from '../accept/accept-events.ts';
import { mostEventsOfBatch } from '../judge/limits.ts';
import { writeKeyOf } from '../sources/write-key.ts';
import { Senders } from '../sources/senders.ts';

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
    private readonly senders: Senders,
    private readonly events: AcceptEvents,
  ) {}

  @Open()
  @Post(['batch', 'b'])
  @HttpCode(200)
  async batch(@Body() body: unknown, @Headers('authorization') authorization?: string): Promise<Receipt> {
    const sender = await this.senderOf(body, authorization);
    const { batch, sentAt } = asObject(body) as Batch;
    if (!Array.isArray(batch)) throw new Problem(400, 'batch-missing', 'The body needs an array of events in `batch`.');
    if (batch.length > mostEventsOfBatch)
      throw new Problem(413, 'batch-too-long', `A batch has at most ${mostEventsOfBatch} events.`);
    return this.events.accept({ sender, format: 'tracking', events: batch, sentAt });
  }

  @Open()
  @Post(':type')
  @HttpCode(200)
  async single(
    @Param('type') path: string,
    @Body() body: unknown,
    @Headers('authorization') authorization?: string,
  ): Promise<Receipt> {
    const type = types.get(path);
    if (!type) throw new Problem(404, 'not-found', 'There is no such route.');
    const sender = await this.senderOf(body, authorization);
    return this.events.accept({ sender, format: 'tracking', events: [{ ...asObject(body), type }] });
  }

  private async senderOf(body: unknown, authorization: string | undefined) {
    const key = writeKeyOf(body, authorization);
    if (!key)
      throw new Problem(
        401,
        'key-missing',
        'Send the write key of a source as Basic user name, or as `writeKey` in the body.',
      );
    const sender = await this.senders.byKey(key);
    if (!sender) throw new Problem(401, 'key-unknown', 'This write key is not known.');
    return sender;
  }
}

function asObject(body: unknown): object {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'not-an-object', 'The body must be a JSON object.');
  return body;
}
