import { beginEvents } from '@sestante/runtime';
import type { ServerResponse } from 'node:http';
import type { KeptOffer } from './store/kept-offers.ts';
import { toShown } from './translate.ts';

/** The most offers that are read at once. */
const pageSize = 100;
/** How long a client may take over what was sent before the end. */
const partingMs = 1_000;

/** The offers after a position, at most `limit`, oldest first. */
export type ReadAfter = (page: { position: string; limit: number }) => Promise<readonly KeptOffer[]>;

/**
 * One client that listens to the offers of one customer. It is sent what the database has, page by page, and no faster than it takes it:
 * nothing piles up here for a slow client.
 */
export class Listener {
  private state: 'idle' | 'reading' | 'again' = 'idle';
  private hasStalled = false;

  /** `position` is that of the last offer that the client has. */
  constructor(
    private readonly response: ServerResponse,
    private readonly readAfter: ReadAfter,
    private position: string,
  ) {}

  /** Begins the stream. The client learns where it stands, so that it can resume from here before the first offer. */
  begin(): void {
    beginEvents(this.response, this.position);
  }

  /** Sends what is new. A call while it is being sent makes it look again afterwards. */
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
      // The client comes again with its last event's id, and by then the database may be back.
      this.response.destroy();
    }
  }

  /** A sign of life for whatever lies between. A client that has taken nothing since the sign before is cut off. */
  beat(): void {
    if (!this.response.writableNeedDrain) this.response.write(': keep-alive\n\n');
    else if (this.hasStalled) this.response.destroy();
    else this.hasStalled = true;
  }

  /** Ends the stream after what was sent, or without it if the client does not take it soon. */
  end(): void {
    this.response.end();
    setTimeout(() => this.response.destroy(), partingMs).unref();
  }

  /** Resolves to whether there may be more. */
  private async sendPage(): Promise<boolean> {
    if (this.isGone()) return false;
    const page = await this.readAfter({ position: this.position, limit: pageSize });
    for (const offer of page) {
      if (this.isGone()) return false;
      const isTaken = this.response.write(
        `id: ${offer.position}\nevent: offer\ndata: ${JSON.stringify(toShown(offer))}\n\n`,
      );
      this.position = offer.position;
      if (!isTaken) await this.drained();
    }
    return page.length === pageSize;
  }

  private isGone(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  /** Resolves when the client has taken what was sent, or is gone. */
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
