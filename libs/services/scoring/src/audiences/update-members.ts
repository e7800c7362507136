import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf, transaction } from '@sestante/postgres';
import { Dependencies, InjectLogger, InjectStream, type Logger } from '@sestante/runtime';
import { type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { findScoreRows } from '../read-model/landmark.ts';
import { readScores } from '../read-model/read-scores.ts';
import {
  changeMembers,
  findMembersOfDeleted,
  findUntold,
  lockMembers,
  markTold,
  type MembershipChange,
  removeMembersOfDeleted,
  type Transition,
} from '../store/audience-members.ts';
import { findAudiences } from '../store/audiences.ts';
import { expandRule } from './expand-rule.ts';
import { type AudienceRule, findChanges } from './find-changes.ts';
import { publicationOf } from './transition-message.ts';

/** How often all customers are compared with the rules: scores move with time alone. */
const everyMs = 30_000;
/** How many customers are changed in one transaction. */
const customersAtOnce = 2_000;

/**
 * Keeps the members of all audiences: those of customers whose scores have changed at once (`update`), and those of all customers regularly. Publishes who enters and
 * leaves in the transaction of the change. A stream that publishes after the commit may lose messages; they are published again by the next pass.
 */
@Injectable()
export class UpdateMembers implements OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private wakeUp = Promise.withResolvers<void>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    @InjectStream() private readonly stream: Stream,
    @InjectLogger() private readonly logger: Logger,
    dependencies: Dependencies,
  ) {
    dependencies.whenReady(() => {
      this.running ??= this.run();
      return Promise.resolve();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.notify();
    await this.running;
  }

  /** Compares all customers now, such as after a rule was changed. */
  notify(): void {
    this.wakeUp.resolve();
  }

  /** Compares customers whose rows were written. A failure is logged only: the next pass finds them, too. */
  async update(customerIds: readonly string[]): Promise<void> {
    try {
      if (customerIds.length > 0) await this.change((client) => this.changesOf(client, customerIds));
    } catch (error) {
      this.warn(error);
    }
  }

  /** Compares all customers, until nothing is to be changed. */
  async updateAll(): Promise<void> {
    await this.tellUntold();
    await this.repeat(() => this.change((client) => findMembersOfDeleted(client, customersAtOnce)));
    await transaction(this.dataSource, removeMembersOfDeleted);
    await this.repeat(async () => {
      const candidates = await this.findCandidates();
      for (let start = 0; start < candidates.length; start += customersAtOnce)
        await this.change((client) => this.changesOf(client, candidates.slice(start, start + customersAtOnce)));
      return candidates.length;
    });
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.updateAll().catch((error: unknown) => this.warn(error));
      await Promise.race([
        this.wakeUp.promise,
        sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined),
      ]);
      this.wakeUp = Promise.withResolvers<void>();
    }
  }

  /** Repeats while there is something to do. */
  private async repeat(work: () => Promise<number>): Promise<void> {
    while (!this.stopping.signal.aborted && (await work()) > 0);
  }

  /** Customers that may have to enter or leave, found without a lock. */
  private findCandidates(): Promise<string[]> {
    return readScores(this.dataSource, this.live, async ({ client, rows }) => {
      const audiences = await findRules(client);
      if (!rows || audiences.length === 0) return [];
      await client.query('set local enable_seqscan = on');
      const limit = 10 * customersAtOnce;
      const changes = await findChanges(client, rows, { audiences, at: Date.now(), limit });
      return [...new Set(changes.map(({ customerId }) => customerId))];
    });
  }

  private async changesOf(client: PoolClient, customerIds: readonly string[]): Promise<MembershipChange[]> {
    const audiences = await findRules(client);
    if (audiences.length === 0) return [];
    const rows = await findScoreRows(client, await this.live.readBy(client));
    const limit = customerIds.length;
    return rows ? findChanges(client, rows, { audiences, at: Date.now(), customerIds, limit }) : [];
  }

  /** Changes members in one transaction, and publishes it. Resolves to the number of transitions. */
  private async change(find: (client: PoolClient) => Promise<readonly MembershipChange[]>): Promise<number> {
    let transitions: Transition[] = [];
    const areTold = this.stream.atomic !== undefined;
    await unitOfWork(this.stream, this.dataSource, async (client) => {
      await lockMembers(client);
      transitions = await changeMembers(client, await find(client), { areTold });
      return publicationOf(transitions);
    });
    if (!areTold) await transaction(this.dataSource, (client) => markTold(client, transitions));
    return transitions.length;
  }

  /** Publishes what a process has stored that crashed before it published. */
  private tellUntold(): Promise<void> {
    return this.repeat(async () => {
      let untold: Transition[] = [];
      await unitOfWork(this.stream, this.dataSource, async (client) => {
        untold = await findUntold(client, customersAtOnce);
        return publicationOf(untold);
      });
      await transaction(this.dataSource, (client) => markTold(client, untold));
      return untold.length;
    });
  }

  private warn(error: unknown): void {
    if (!this.stopping.signal.aborted)
      this.logger.warn(`members of audiences are not up to date, the next pass tries again: ${reasonOf(error)}`);
  }
}

/** The rules of all audiences, with those of the audiences that they name. */
async function findRules(client: PoolClient): Promise<AudienceRule[]> {
  const stored = await findAudiences({ query: async (text: string) => (await client.query(text)).rows as never });
  const rules = new Map(stored.map(({ audienceId, rule }) => [audienceId, rule]));
  return stored.map(({ audienceId, rule }) => ({ audienceId, rule: expandRule(rule, rules) }));
}
