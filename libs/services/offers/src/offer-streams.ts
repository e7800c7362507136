import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type EventOf, open, topics } from '@sestante/contracts';
import { Dependencies, InjectStream, takeOverResponse } from '@sestante/runtime';
import type { Delivery, Stream } from '@sestante/streaming';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Listener, type ReadAfter } from './listener.ts';
import { Listeners } from './listeners.ts';
import { newestPosition, readOffersAfter } from './store/offers.ts';

const heartbeatIntervalMs = 15_000;
/** How much the clocks of two processes may differ, with the time from a decision to its commit. */
const toleranceMs = 60_000;

/** The request of a client for a stream. */
export interface StreamRequest {
  readonly customerId: string;
  /** The id of the last event that the client has; undefined to begin now. */
  readonly lastEventId: string | undefined;
  /** When its access ends, in milliseconds since 1970; undefined for no end. */
  readonly endsAt: number | undefined;
  /** Whether its access ends when the customer is merged into another one, instead of following it. */
  readonly endsWithMerge: boolean;
}

/** The messages that a stream has to read the database for. */
const { OfferMade, CustomersMerged, CustomersSplit, CustomerErased } = topics.offers.events;
const notifying: ReadonlySet<string | undefined> = new Set(
  [OfferMade, CustomersMerged, CustomersSplit].map(({ type }) => type),
);

/**
 * Live streams of offers (server-sent events). The topic is only a notification: offers are read from the database, so that none is lost or sent twice.
 * Positions increase over all customers: after a merge, a stream continues from its position with the offers of the merged customer. One that began without
 * an event id sends none that were made before it began. A stream whose token ends with the merge ends instead; those of an erased customer end, too.
 */
@Injectable()
export class OfferStreams implements BeforeApplicationShutdown {
  private readonly listeners = new Listeners();
  private readonly heartbeat = setInterval(() => this.sendHeartbeats(), heartbeatIntervalMs);
  private isEnding = false;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
    @InjectStream() stream: Stream,
  ) {
    this.heartbeat.unref();
    dependencies.whenReady(() => stream.tail(topics.offers.name, (batch) => this.notify(batch)));
  }

  /**
   * Sends the customer's offers from now on; with `lastEventId` also those made since that event. The id may be a former one, or become one. Ends with the
   * connection or the access.
   */
  async open(request: StreamRequest, reply: FastifyReply): Promise<void> {
    const { customerId, lastEventId, endsAt } = request;
    const position = lastEventId ?? (await newestPosition(this.dataSource, customerId));
    const raw = takeOverResponse(reply);
    // A client that has disconnected meanwhile would never be removed, and one that connects during shutdown would delay it.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    const since = lastEventId === undefined ? Date.now() - toleranceMs : undefined;
    const read: ReadAfter = (page) => this.read(listener, request, { ...page, since });
    const listener: Listener = new Listener(raw, read, position);
    this.listeners.add(listener, customerId);
    const expiry = endsAt === undefined ? undefined : setTimeout(() => listener.end(), endsAt - Date.now());
    raw.once('close', () => {
      clearTimeout(expiry);
      this.listeners.remove(listener);
    });
    listener.begin();
    await listener.catchUp();
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.heartbeat);
    for (const listener of this.listeners.all) listener.end();
  }

  private async read(listener: Listener, asked: StreamRequest, page: Parameters<typeof readOffersAfter>[2]) {
    const { customerId, offers } = await readOffersAfter(this.dataSource, asked.customerId, page);
    if (asked.endsWithMerge && customerId !== asked.customerId) {
      listener.end();
      return [];
    }
    // What the customer got since the query was announced to its other streams only: this one reads once more.
    if (this.listeners.move(listener, customerId)) void listener.catchUp();
    return offers;
  }

  private notify(batch: readonly Delivery[]): void {
    for (const { key, headers, value } of batch) {
      if (headers['ce_type'] === CustomerErased.type) this.endThoseOf(open(topics.offers, { value, headers }));
      if (!notifying.has(headers['ce_type'])) continue;
      for (const listener of this.listeners.of(key)) void listener.catchUp();
    }
  }

  /** A stream of a former id is of a member, too. */
  private endThoseOf({ event, data }: EventOf<typeof topics.offers>): void {
    if (event !== 'CustomerErased') return;
    for (const id of [data.customerId, ...data.members]) for (const listener of this.listeners.of(id)) listener.end();
  }

  private sendHeartbeats(): void {
    for (const listener of this.listeners.all) listener.sendHeartbeat();
  }
}
