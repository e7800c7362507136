import { open, topics } from '@sestante/contracts';
import { elements, loyal, scoresAt } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import type { Message } from '@sestante/streaming';
import { expect } from '@jest/globals';
import type { UpdateMembers } from '../../src/audiences/update-members.ts';
import type { LiveModel } from '../../src/live-model.ts';
import { FollowScores } from '../../src/follow-scores.handler.ts';
import { findScoreRows } from '../../src/read-model/landmark.ts';
import { scoreExpressions } from '../../src/read-model/score-expressions.ts';
import { readMembers } from '../../src/store/read-members.ts';
import { sumOf } from '../../src/sum-of.ts';
import { idOf, type Input } from '../builders.ts';
import type { Driver, Process } from '../driver.ts';

/** Audiences have tests of their own. */
const noAudiences = { update: () => Promise.resolve() } as unknown as UpdateMembers;

/** Follows what a process publishes, as the group of the read model does, and compares the rows with the stored states. */
export function followDriver(driver: Driver) {
  const { dataSource } = driver;
  const live: LiveModel = driver.live;
  /** A new one, which does not wait for the next second. */
  const handle = (messages: readonly Message[]) =>
    new FollowScores(dataSource, live, noAudiences).handle(
      messages.map((message, offset) => ({
        ...open(topics.scores, message),
        partition: 0,
        offset,
        isPossibleRepeat: false,
      })),
    );
  /** The row of a customer at an instant, by the fields of rules; undefined without one. */
  const rowOf = async (name: string, at = Date.now()) => {
    const loaded = await live.read();
    const fields = [...elements.flatMap((element) => [`${element}.bond`, `${element}.mood`]), 'overall', 'loyal'];
    return transaction(dataSource, async (client) => {
      const { columnOf, where, values } = scoreExpressions((await findScoreRows(client, loaded))!, at);
      const selected = fields.map((field) => `${columnOf(field)!.sql as string} as "${field}"`).join(', ');
      const { rows } = await client.query<Record<string, unknown>>(
        `select ${selected}, first_activity_at as "firstAt", last_activity_at as "lastAt", members, channels
           from scoring.customer_score c where ${where} and c.customer_id = $${values.length + 1}`,
        [...values, idOf(name)],
      );
      return rows[0];
    });
  };
  return {
    rowOf,
    handle,
    /** Gives inputs to the service, and what it publishes to the read model. */
    async follow(process: Process, ...inputs: Input[]): Promise<readonly Message[]> {
      const messages = await process.publish(...inputs);
      await handle(messages.filter(({ headers }) => headers['ce_type'] !== undefined));
      return messages;
    },
    /** Expects the row of a customer to say what its stored state says, now and in half a year. */
    async expectExact(name: string): Promise<void> {
      const { modelId, model } = await live.read();
      const members = await readMembers(dataSource, modelId, idOf(name));
      const state = sumOf(
        model,
        members.map((member) => member.state),
      );
      for (const at of [Date.now(), Date.now() + 180 * 86_400_000]) {
        const row = (await rowOf(name, at))!;
        const scores = scoresAt(model, state, at);
        const expected = Object.fromEntries(
          elements.flatMap((element) => {
            const { bond, mood } = scores.elements[element];
            return [
              [`${element}.bond`, near(bond)],
              [`${element}.mood`, near(mood)],
            ];
          }),
        );
        const isLoyal = loyal(model, state, at)?.isLoyal ?? null;
        expect(row).toMatchObject({
          ...expected,
          overall: near(scores.overall),
          loyal: isLoyal,
          members: members.length,
        });
      }
    },
  };
}

const near = (score: number | null) => (score === null ? null : (expect.closeTo(score, 7) as unknown));
