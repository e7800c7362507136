import { startEventStream } from '@sestante/runtime';
import type { ServerResponse } from 'node:http';
import type { StoredOffer } from './store/offers.ts';
import { toOfferResponse } from './translate.ts';

/** The most offers that one query reads. */
const pageSize = 100;
/** How long a client may take to read the rest after the end of the stream. */
const closeTimeoutMs = 1_000;

/** The offers after a position, at most `limit`, oldest first. */
export type ReadAfter = (page: { position: string; limit: number }) => Promise<readonly StoredOffer[]>;

/**
 * The stream of one customer's offers to one client. Offers are read from the database page by page, and no faster than the client reads: for a slow
 * client, at most one page is in memory.
 */
export class Listener {
  private state: 'idle' | 'reading' | 'again' = 'idle';
  private hasStalled = false;

  /** `position` is the position of the last offer that the client has. */
  constructor(
    private readonly response: ServerResponse,
    private readonly readAfter: ReadAfter,
    private position: string,
  ) {}

  /** Begins the stream, and sends the current position: the client can resume from it also if no offer follows. */
  begin(): void {
    startEventStream(this.response, this.position);
  }

  /** Sends new offers. A call during the sending makes the listener read once more afterwards. */
  async catchUp(): Promise<void> {
    if (this.state !== 'idle') {
      this.state = 'again';
      return;
    }
    try {
      do {
        this.state = 'reading';
        while (await this.sendPage());
      } while ((this.state as Listener['state']) === 'again');
      this.state = 'idle';
    } catch {
      // The client reconnects with the id of its last event. By then the database may be available again.
      this.response.destroy();
    }
  }

  /** Sends a heartbeat, so that proxies keep the connection. Disconnects a client that has read nothing since the previous heartbeat. */
  sendHeartbeat(): void {
    if (!this.response.writableNeedDrain) this.response.write(': keep-alive\n\n');
    else if (this.hasStalled) this.response.destroy();
    else this.hasStalled = true;
  }

  /** Ends the stream after the data that was sent. Disconnects a client that does not read this data within `closeTimeoutMs`. */
  end(): void {
    this.response.end();
    setTimeout(() => this.response.destroy(), closeTimeoutMs).unref();
  }

  /** Sends a page. Resolves to whether there may be another one. */
  private async sendPage(): Promise<boolean> {
    if (this.isClosed()) return false;
    const page = await this.readAfter({ position: this.position, limit: pageSize });
    for (const offer of page) {
      if (this.isClosed()) return false;
      const hasRoom = this.response.write(
        `id: ${offer.position}\nevent: offer\ndata: ${JSON.stringify(toOfferResponse(offer))}\n\n`,
      );
      this.position = offer.position;
      if (!hasRoom) await this.drained();
    }
    return page.length === pageSize;
  }

  private isClosed(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  /** Resolves when the client has read what was sent, or has disconnected. */
  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.response.off('drain', end).off('close', end);
        this.hasStalled = false;
        resolve();
      };
      this.response.once('drain', end).once('close', end);
    });
  }
}
