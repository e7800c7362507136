import { Controller } from '@nestjs/common';
import { foreignTopics } from '@sestante/contracts';
import { type Delivery, done, HandlesForeign, type Outcome } from '@sestante/streaming';
import { AcceptEvents } from '../accept/accept-events.ts';
import { Senders } from '../sources/senders.ts';
import { inboundSourceId } from '../types/source.ts';
import { cloudEventsOf } from '../formats/cloudevents/modes.ts';

/** Accepts the events that other systems write to the inbound topic, with the source `inbound`. */
@Controller()
export class InboundHandler {
  constructor(
    private readonly senders: Senders,
    private readonly events: AcceptEvents,
  ) {}

  @HandlesForeign(foreignTopics.inbound, { group: 'ingest', isPaced: true })
  async handle(batch: readonly Delivery[]): Promise<readonly Outcome[]> {
    const sender = await this.senders.byId(inboundSourceId);
    const events = batch.flatMap(eventsOf);
    await this.events.accept({
      sender,
      format: 'cloudevent',
      events: events.map(({ event }) => event),
      stableIds: events.map(({ stableId }) => stableId),
    });
    return batch.map(() => done);
  }
}

interface InboundEvent {
  readonly event: unknown;
  /** The same at each delivery of the message. */
  readonly stableId: string;
}

function eventsOf({ topic, partition, offset, value, headers }: Delivery): InboundEvent[] {
  return cloudEventsOf({
    body: parsed(value),
    contentType: headers['content-type'],
    headers,
    prefix: 'ce_',
  }).map((event, index) => ({
    event,
    stableId: `${topic}/${partition}/${offset}/${index}`,
  }));
}

/** A value that is not JSON stays a text, which is rejected. */
function parsed(value: string): unknown {
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
