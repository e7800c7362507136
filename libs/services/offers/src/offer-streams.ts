import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { Dependencies, InjectStream, takeOver } from '@sestante/runtime';
import type { Delivery, Stream } from '@sestante/streaming';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Listener } from './listener.ts';
import { newestPosition, readOffersAfter } from './store/kept-offers.ts';

const beatEveryMs = 15_000;

/** What a client wants to hear. */
export interface Wish {
  readonly customerId: string;
  /** The last that it has; undefined to begin now. */
  readonly lastEventId: string | undefined;
  /** When it may no longer listen, in milliseconds since 1970; undefined for as long as it likes. */
  readonly endsAt: number | undefined;
}

/** Live streams of offers (server-sent events). The topic only wakes them: what they send is read from the database, so nothing is missed or doubled. */
@Injectable()
export class OfferStreams implements BeforeApplicationShutdown {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly beating = setInterval(() => this.beat(), beatEveryMs);
  private isEnding = false;

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
    @InjectStream() stream: Stream,
  ) {
    this.beating.unref();
    dependencies.whenReady(() => stream.tail(topics.offers.name, (batch) => this.wake(batch)));
  }

  /** Sends the customer's offers from now on; with `lastEventId` also those made since that event. Ends with the connection or the access. */
  async open({ customerId, lastEventId, endsAt }: Wish, reply: FastifyReply): Promise<void> {
    const position = lastEventId ?? (await newestPosition(this.dataSource, customerId));
    const raw = takeOver(reply);
    // Whoever hung up meanwhile would never be removed again, and whoever comes at the end would hold it up.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    const listener = new Listener(raw, (page) => readOffersAfter(this.dataSource, customerId, page), position);
    this.add(customerId, listener);
    const overdue = endsAt === undefined ? undefined : setTimeout(() => listener.end(), endsAt - Date.now());
    raw.once('close', () => {
      clearTimeout(overdue);
      this.remove(customerId, listener);
    });
    listener.begin();
    await listener.catchUp();
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.beating);
    for (const listener of this.all()) listener.end();
  }

  private wake(batch: readonly Delivery[]): void {
    for (const { key, headers } of batch) {
      if (headers['ce_type'] !== topics.offers.events.OfferMade.type) continue;
      for (const listener of this.listeners.get(key) ?? []) void listener.catchUp();
    }
  }

  private beat(): void {
    for (const listener of this.all()) listener.beat();
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
