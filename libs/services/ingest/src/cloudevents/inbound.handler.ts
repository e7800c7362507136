import { Controller } from '@nestjs/common';
import { foreignTopics } from '@sestante/contracts';
import { type Delivery, done, HandlesForeign, type Outcome } from '@sestante/streaming';
import { AcceptEvents } from '../accept/accept-events.ts';
import { Senders } from '../sources/senders.ts';
import { inboundSourceId } from '../types/source.ts';
import { cloudEventsOf } from '../formats/cloudevents/modes.ts';

/** Takes what other systems write to the inbound topic, as if their events had come over HTTP with the key of the source `inbound`. */
@Controller()
export class InboundHandler {
  constructor(
    private readonly senders: Senders,
    private readonly events: AcceptEvents,
  ) {}

  @HandlesForeign(foreignTopics.inbound, { group: 'ingest', isPaced: true })
  async handle(batch: readonly Delivery[]): Promise<readonly Outcome[]> {
    const sender = await this.senders.byId(inboundSourceId);
    const placed = batch.flatMap(eventsOf);
    await this.events.accept({
      sender,
      format: 'cloudevent',
      events: placed.map(({ event }) => event),
      places: placed.map(({ place }) => place),
    });
    return batch.map(() => done);
  }
}

interface PlacedEvent {
  readonly event: unknown;
  /** The same whenever the message is delivered again. */
  readonly place: string;
}

function eventsOf({ topic, partition, offset, value, headers }: Delivery): PlacedEvent[] {
  return cloudEventsOf({
    body: parsed(value),
    contentType: headers['content-type'],
    headers,
    prefix: 'ce_',
  }).map((event, index) => ({
    event,
    place: `${topic}/${partition}/${offset}/${index}`,
  }));
}

/** What is not JSON is kept as the text that it is, as rejected. */
function parsed(value: string): unknown {
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
