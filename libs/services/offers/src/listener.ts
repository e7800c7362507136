import { OpenEventStream, startEventStream } from '@sestante/runtime';
import type { ServerResponse } from 'node:http';
import type { StoredOffer } from './store/offers.ts';
import { toOfferResponse } from './translate.ts';

/** The most offers that one query reads. */
const pageSize = 100;

/** The offers after a position, at most `limit`, oldest first. */
export type ReadAfter = (page: { position: string; limit: number }) => Promise<readonly StoredOffer[]>;

/**
 * The stream of one customer's offers to one client. Offers are read from the database page by page, and no faster than the client reads: for a slow
 * client, at most one page is in memory.
 */
export class Listener {
  private readonly stream: OpenEventStream;

  /** `position` is the position of the last offer that the client has. */
  constructor(
    private readonly response: ServerResponse,
    private readonly readAfter: ReadAfter,
    private position: string,
  ) {
    this.stream = new OpenEventStream(response, async () => {
      while (await this.sendPage());
    });
  }

  /** Begins the stream, and sends the current position: the client can resume from it also if no offer follows. */
  begin(): void {
    startEventStream(this.response, this.position);
  }

  /** Sends new offers. */
  catchUp(): Promise<void> {
    return this.stream.catchUp();
  }

  sendHeartbeat(): void {
    this.stream.sendHeartbeat();
  }

  end(): void {
    this.stream.end();
  }

  /** Sends a page. Resolves to whether there may be another one. */
  private async sendPage(): Promise<boolean> {
    if (this.stream.isClosed()) return false;
    const page = await this.readAfter({ position: this.position, limit: pageSize });
    for (const offer of page) {
      if (this.stream.isClosed()) return false;
      const hasRoom = this.response.write(
        `id: ${offer.position}\nevent: offer\ndata: ${JSON.stringify(toOfferResponse(offer))}\n\n`,
      );
      this.position = offer.position;
      if (!hasRoom) await this.drained();
    }
    return page.length === pageSize;
  }

  /** Resolves when the client has read what was sent, or has disconnected. */
  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.response.off('drain', end).off('close', end);
        resolve();
      };
      this.response.once('drain', end).once('close', end);
    });
  }
}
