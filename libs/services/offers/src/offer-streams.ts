import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { Dependencies, InjectStream, takeOverResponse } from '@sestante/runtime';
import type { Delivery, Stream } from '@sestante/streaming';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Listener } from './listener.ts';
import { newestPosition, readOffersAfter } from './store/offers.ts';

const heartbeatIntervalMs = 15_000;

/** The request of a client for a stream. */
export interface StreamRequest {
  readonly customerId: string;
  /** The id of the last event that the client has; undefined to begin now. */
  readonly lastEventId: string | undefined;
  /** When its access ends, in milliseconds since 1970; undefined for no end. */
  readonly endsAt: number | undefined;
}

/** Live streams of offers (server-sent events). The topic is only a notification: offers are read from the database, so that none is lost or sent twice. */
@Injectable()
export class OfferStreams implements BeforeApplicationShutdown {
  private readonly listeners = new Map<string, Set<Listener>>();
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

  /** Sends the customer's offers from now on; with `lastEventId` also those made since that event. Ends with the connection or the access. */
  async open({ customerId, lastEventId, endsAt }: StreamRequest, reply: FastifyReply): Promise<void> {
    const position = lastEventId ?? (await newestPosition(this.dataSource, customerId));
    const raw = takeOverResponse(reply);
    // A client that has disconnected meanwhile would never be removed, and one that connects during shutdown would delay it.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    const listener = new Listener(raw, (page) => readOffersAfter(this.dataSource, customerId, page), position);
    this.add(customerId, listener);
    const expiry = endsAt === undefined ? undefined : setTimeout(() => listener.end(), endsAt - Date.now());
    raw.once('close', () => {
      clearTimeout(expiry);
      this.remove(customerId, listener);
    });
    listener.begin();
    await listener.catchUp();
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.heartbeat);
    for (const listener of this.all()) listener.end();
  }

  private notify(batch: readonly Delivery[]): void {
    for (const { key, headers } of batch) {
      if (headers['ce_type'] !== topics.offers.events.OfferMade.type) continue;
      for (const listener of this.listeners.get(key) ?? []) void listener.catchUp();
    }
  }

  private sendHeartbeats(): void {
    for (const listener of this.all()) listener.sendHeartbeat();
  }

  private all(): Listener[] {
    return [...this.listeners.values()].flatMap((listening) => [...listening]);
  }

  private add(customerId: string, listener: Listener): void {
    const listening = this.listeners.get(customerId);
    if (listening) listening.add(listener);
    else this.listeners.set(customerId, new Set([listener]));
  }

  private remove(customerId: string, listener: Listener): void {
    const listening = this.listeners.get(customerId);
    listening?.delete(listener);
    if (listening?.size === 0) this.listeners.delete(customerId);
  }
}
