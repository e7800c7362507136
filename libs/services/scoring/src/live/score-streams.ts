import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { takeOverResponse } from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { isErased } from '../store/erasures.ts';
import { readMembers } from '../store/read-members.ts';
import { type Revision, revisionOf, revisionsOf } from '../store/revisions.ts';
import { sumOf } from '../sum-of.ts';
import { toScores } from '../to-scores.ts';
import { type PresentScores, ScoreListener } from './score-listener.ts';

const heartbeatIntervalMs = 15_000;
/** A stream is so much behind at most, without a slow client or database. */
const pollIntervalMs = 500;

/** The request of a client for a stream. */
export interface StreamRequest {
  readonly customerId: string;
  /** The id of the last event that the client has; undefined for none. */
  readonly lastEventId: string | undefined;
  /** When its access ends, in milliseconds since 1970; undefined for no end. */
  readonly endsAt: number | undefined;
  /** Whether its access ends when the customer is merged into another one, instead of following it. */
  readonly endsWithMerge: boolean;
}

const idOf = (modelId: number, { members, sum }: Revision) => `${modelId}-${members}-${sum}`;

/**
 * Live streams of scores (server-sent events). Twice a second, one query for all streams of the process finds the customers whose states have changed, whichever
 * process has written them: nothing is done where activities are scored, and nothing while no stream is open. Scores that move with time alone are not sent.
 */
@Injectable()
export class ScoreStreams implements BeforeApplicationShutdown {
  private readonly listeners = new Set<ScoreListener>();
  private readonly heartbeat = setInterval(() => this.sendHeartbeats(), heartbeatIntervalMs).unref();
  private readonly poll = setInterval(() => void this.findChanges(), pollIntervalMs).unref();
  private isPolling = false;
  private isEnding = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  /**
   * Sends the present scores of the customer, unless they are those of `lastEventId`, and those after every change. The id may be a former one, or become one.
   * Ends with the connection or the access.
   */
  async open({ customerId, lastEventId, endsAt, endsWithMerge }: StreamRequest, reply: FastifyReply): Promise<void> {
    const raw = takeOverResponse(reply);
    // A client that has disconnected meanwhile would never be removed, and one that connects during shutdown would delay it.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    const read = (self: ScoreListener) => this.read(self, { customerId, endsWithMerge });
    const listener = new ScoreListener(raw, read, customerId, lastEventId);
    this.listeners.add(listener);
    const expiry = endsAt === undefined ? undefined : setTimeout(() => listener.end(), endsAt - Date.now());
    raw.once('close', () => {
      clearTimeout(expiry);
      this.listeners.delete(listener);
    });
    listener.begin();
    await listener.catchUp();
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    clearInterval(this.heartbeat);
    clearInterval(this.poll);
    for (const listener of this.listeners) listener.end();
  }

  /** Ends the stream if its access ends with a merge, or if the customer was erased. */
  private async read(
    listener: ScoreListener,
    { customerId: asked, endsWithMerge }: Pick<StreamRequest, 'customerId' | 'endsWithMerge'>,
  ): Promise<PresentScores> {
    const { modelId, model } = await this.live.read();
    const members = await readMembers(this.dataSource, modelId, asked);
    const customerId = members[0]?.customerId ?? asked;
    listener.customerId = customerId;
    const id = idOf(modelId, revisionOf(members));
    if (members.some(isErased) || (endsWithMerge && customerId !== asked)) {
      listener.end();
      return { id, scores: undefined };
    }
    const state = sumOf(
      model,
      members.map((member) => member.state),
    );
    return { id, scores: members.length === 0 ? undefined : toScores(model, { customerId, state }, undefined) };
  }

  /** What fails, such as a query while the database is away, is tried again. */
  private async findChanges(): Promise<void> {
    if (this.isPolling || this.listeners.size === 0) return;
    this.isPolling = true;
    try {
      const listeners = [...this.listeners];
      const { modelId } = await this.live.read();
      const customerIds = listeners.map(({ customerId }) => customerId);
      const revisions = await revisionsOf(this.dataSource, modelId, customerIds);
      for (const [index, listener] of listeners.entries())
        if (listener.id !== idOf(modelId, revisions[index]!)) void listener.catchUp();
    } catch {
      // The next poll follows.
    } finally {
      this.isPolling = false;
    }
  }

  private sendHeartbeats(): void {
    for (const listener of this.listeners) listener.sendHeartbeat();
  }
}
