import { startEventStream } from '@sestante/runtime';
import type { ServerResponse } from 'node:http';
import type { ScoresResponse } from '../scores-response.ts';

/** How long a client may take to read the rest after the end of the stream. */
const closeTimeoutMs = 1_000;

/** The scores of a customer, and what changes with them. */
export interface PresentScores {
  /** The model and the revisions of the members' states: another one when the scores were written again. */
  readonly id: string;
  /** Undefined for a customer without activities. */
  readonly scores: ScoresResponse | undefined;
}

/** The stream of one customer's scores to one client. A slow client gets the latest scores, not each of those in between. */
export class ScoreListener {
  private state: 'idle' | 'reading' | 'again' = 'idle';
  private hasStalled = false;

  /**
   * @param customerId the present id of the customer, which `read` may change
   * @param id of the last event that the client has
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly read: (listener: ScoreListener) => Promise<PresentScores>,
    public customerId: string,
    public id: string | undefined,
  ) {
    response.on('drain', () => {
      this.hasStalled = false;
      void this.update();
    });
  }

  begin(): void {
    startEventStream(this.response, this.id);
  }

  /** Sends the present scores, if the client does not have them. A call meanwhile reads once more afterwards. */
  async update(): Promise<void> {
    if (this.state !== 'idle') {
      this.state = 'again';
      return;
    }
    try {
      do {
        this.state = 'reading';
        await this.send();
      } while ((this.state as ScoreListener['state']) === 'again');
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

  /** A client that has not read what was sent gets the scores when it has. */
  private async send(): Promise<void> {
    if (this.response.writableNeedDrain) return;
    const { id, scores } = await this.read(this);
    if (id === this.id || this.response.destroyed || this.response.writableEnded) return;
    this.id = id;
    if (scores) this.response.write(`id: ${id}\nevent: scores\ndata: ${JSON.stringify(scores)}\n\n`);
  }
}
