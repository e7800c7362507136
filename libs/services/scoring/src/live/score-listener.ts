import { OpenEventStream, startEventStream } from '@sestante/runtime';
import type { ServerResponse } from 'node:http';
import type { ScoresResponse } from '../scores-response.ts';

/** The scores of a customer, and what changes with them. */
export interface PresentScores {
  /** The model and the revisions of the members' states: another one when the scores were written again. */
  readonly id: string;
  /** Undefined for a customer without activities. */
  readonly scores: ScoresResponse | undefined;
}

/** The stream of one customer's scores to one client. A slow client gets the latest scores, not each of those in between. */
export class ScoreListener {
  private readonly stream: OpenEventStream;

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
    this.stream = new OpenEventStream(response, () => this.send());
    response.on('drain', () => void this.catchUp());
  }

  begin(): void {
    startEventStream(this.response, this.id);
  }

  /** Sends the present scores, if the client does not have them. */
  catchUp(): Promise<void> {
    return this.stream.catchUp();
  }

  sendHeartbeat(): void {
    this.stream.sendHeartbeat();
  }

  end(): void {
    this.stream.end();
  }

  /** A client that has not read what was sent gets the scores when it has. */
  private async send(): Promise<void> {
    if (this.response.writableNeedDrain) return;
    const { id, scores } = await this.read(this);
    if (id === this.id || this.stream.isClosed()) return;
    this.id = id;
    if (scores) this.response.write(`id: ${id}\nevent: scores\ndata: ${JSON.stringify(scores)}\n\n`);
  }
}
