import type { ServerResponse } from 'node:http';

/** How long a client may take to read the rest after the end of the stream. */
const closeTimeoutMs = 1_000;

/** A stream of server-sent events to one client, which is open. `send` writes what the client does not have yet. */
export class OpenEventStream {
  private state: 'idle' | 'sending' | 'again' = 'idle';
  private hasStalled = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly send: () => Promise<void>,
  ) {
    response.on('drain', () => (this.hasStalled = false));
  }

  /** Sends what is new. A call during the sending makes the stream send once more afterwards. */
  async catchUp(): Promise<void> {
    if (this.state !== 'idle') {
      this.state = 'again';
      return;
    }
    try {
      do {
        this.state = 'sending';
        await this.send();
      } while ((this.state as OpenEventStream['state']) === 'again');
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

  isClosed(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }
}
