import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { open, topics } from '@sestante/contracts';
import { Dependencies, InjectStream } from '@sestante/runtime';
import type { Delivery, Stream } from '@sestante/streaming';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { newestPosition, readOffersAfter } from './store/kept-offers.ts';
import { toShown } from './translate.ts';

const keepAliveMs = 15_000;
/** A client that lets so much pile up is too slow: it is cut off, and resumes by Last-Event-ID when it can. */
const mostBufferedBytes = 256 * 1024;

/** One client that listens to the offers of one customer. */
interface Listener {
  readonly reply: FastifyReply['raw'];
  /** The last offer that it got. */
  position: string;
  /** Whether its offers are being read, and whether there was a wake-up meanwhile. */
  state: 'idle' | 'reading' | 'again';
}

/** Live streams of offers (server-sent events). The topic only wakes them: what they send is read from the database, so nothing is missed or doubled. */
@Injectable()
export class OfferStreams implements BeforeApplicationShutdown {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly keepAlive = setInterval(() => this.writeToAll(': keep-alive\n\n'), keepAliveMs);

  constructor(
    private readonly dataSource: DataSource,
    dependencies: Dependencies,
    @InjectStream() stream: Stream,
  ) {
    this.keepAlive.unref();
    dependencies.whenReady(() => stream.tail(topics.offers.name, (batch) => this.wake(batch)));
  }

  /** Sends the customer's offers from now on; with `lastEventId` also those made since that event. Ends with the connection. */
  async open(customerId: string, lastEventId: string | undefined, reply: FastifyReply): Promise<void> {
    const position = lastEventId ?? (await newestPosition(this.dataSource, customerId));
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write('retry: 2000\n\n');
    const listener: Listener = { reply: reply.raw, position, state: 'idle' };
    const listening = this.listeners.get(customerId) ?? new Set();
    this.listeners.set(customerId, listening.add(listener));
    reply.raw.once('close', () => {
      listening.delete(listener);
      if (listening.size === 0 && this.listeners.get(customerId) === listening) this.listeners.delete(customerId);
    });
    await this.catchUp(customerId, listener);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.keepAlive);
    for (const { reply } of this.all()) reply.end();
  }

  private wake(batch: readonly Delivery[]): void {
    for (const { key, ...delivery } of batch) {
      const listening = this.listeners.get(key);
      if (!listening || open(topics.offers, delivery).event !== 'OfferMade') continue;
      for (const listener of listening) void this.catchUp(key, listener);
    }
  }

  private async catchUp(customerId: string, listener: Listener): Promise<void> {
    if (listener.state !== 'idle') {
      listener.state = 'again';
      return;
    }
    try {
      do {
        listener.state = 'reading';
        for (const offer of await readOffersAfter(this.dataSource, customerId, listener.position)) {
          this.write(listener, `id: ${offer.position}\nevent: offer\ndata: ${JSON.stringify(toShown(offer))}\n\n`);
          listener.position = offer.position;
        }
      } while ((listener.state as Listener['state']) === 'again');
      listener.state = 'idle';
    } catch {
      // The client comes again with its last event's id, and by then the database may be back.
      listener.reply.destroy();
    }
  }

  private write({ reply }: Listener, text: string): void {
    if (reply.writableLength > mostBufferedBytes) reply.destroy();
    else reply.write(text);
  }

  private writeToAll(text: string): void {
    for (const listener of this.all()) this.write(listener, text);
  }

  private all(): Listener[] {
    return [...this.listeners.values()].flatMap((listening) => [...listening]);
  }
}
