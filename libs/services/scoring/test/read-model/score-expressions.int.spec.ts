import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileModel, type Evidence, fold, loyal, type Model, scoresAt, silenceAt } from '@sestante/engagement';
import { aModelDocument, anEvidence, daysAgo, now } from '@sestante/engagement/testing';
import { transaction } from '@sestante/postgres';
import fc from 'fast-check';
import { noMatters } from '../../src/held-matters.ts';
import { findScoreRows, lockScoreRows, setLatest } from '../../src/read-model/landmark.ts';
import { saveScoreRows } from '../../src/read-model/save-score-rows.ts';
import { scoreExpressions } from '../../src/read-model/score-expressions.ts';
import { scoreRow } from '../../src/read-model/score-row.ts';
import { customerFieldGroups } from '../../src/rules/customer-fields.ts';
import { idOf } from '../builders.ts';
import { type Driver, scoringDriver } from '../driver.ts';
import { history, modelDocument, number } from './arbitraries.ts';

let driver: Driver;
beforeAll(async () => {
  driver = await scoringDriver();
});
afterAll(() => driver.close());

const fields = [
  ...['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'].flatMap((element) =>
    ['bond', 'mood', 'drop', 'confidence', 'evidence'].map((part) => `${element}.${part}`),
  ),
  ...['overall', 'loyal', 'channels', 'channels.count', 'purchases.count'],
  ...['usualDays', 'silentDays', 'chance', 'surprise'].map((part) => `purchases.${part}`),
];

type Values = Record<string, unknown>;

let models = 100;
/** Stores a row for each history, and reads all fields of all of them by SQL. */
async function inSql(
  model: Model,
  histories: readonly (readonly Evidence[])[],
  { landmark, at }: { readonly landmark: number; readonly at: number },
): Promise<Values[]> {
  const modelId = (models += 1);
  return transaction(driver.dataSource, async (client) => {
    const { landmarkMs } = await lockScoreRows(client, { modelId, model }, landmark);
    const rows = histories.map((evidence, index) => {
      const customerId = idOf(`customer ${index}`);
      const member = { memberId: customerId, customerId, moves: 0, revision: 1, version: 0, published: undefined };
      const members = [{ ...member, state: fold(model, evidence), matters: noMatters }];
      return { ...scoreRow(model, { customerId, members, landmarkMs })!, firstActivityAt: null, lastActivityAt: null };
    });
    await saveScoreRows(client, modelId, rows, 'replace');
    const latest = Math.max(...rows.map(({ latestMs }) => latestMs));
    await setLatest(client, modelId, latest);
    const { columnOf, where, values } = scoreExpressions((await findScoreRows(client, { modelId, model }))!, at);
    const selected = fields.map((name) => `${columnOf(name)?.sql as string} as "${name}"`);
    const { rows: found } = await client.query<Values & { id: string }>(
      `select ${selected.join(', ')}, c.customer_id as id from scoring.customer_score c where ${where}`,
      [...values],
    );
    return histories.map((_, index) => found.find(({ id }) => id === idOf(`customer ${index}`))!);
  });
}

function inMemory(model: Model, evidence: readonly Evidence[], at: number): Values {
  const state = fold(model, evidence);
  const { overall, elements } = scoresAt(model, state, at);
  const silence = silenceAt(model, state, at);
  const values: Values = { overall, loyal: loyal(model, state, at)?.isLoyal ?? null };
  for (const [element, score] of Object.entries(elements))
    for (const [part, value] of Object.entries(score)) values[`${element}.${part}`] = value;
  for (const part of ['usualDays', 'silentDays', 'chance', 'surprise'] as const)
    values[`purchases.${part}`] = silence?.[part] ?? null;
  return values;
}

/** Scores to 1e-9 of 100 points, other numbers to 1e-9 of their size. */
function expectSame(actual: Values, expected: Values): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = actual[name];
    const size = typeof value === 'number' ? Math.max(1, Math.abs(value)) : 0;
    const isSame = typeof value === 'number' ? Math.abs(Number(found) - value) <= 1e-9 * size : found === value;
    if (!isSame || (value !== null && found === null)) expect({ name, value: found }).toEqual({ name, value });
  }
}

describe('the scores of all customers in SQL', () => {
  it('are those of `scoresAt` and `loyal`, for any model, histories, landmark and instant', async () => {
    // The latest evidence may be some days later than the instant that is asked. A landmark is less than 256 half-lives before both.
    const instants = fc.record({ days: number(-20, 600), halfLives: number(0, 256) });
    await fc.assert(
      fc.asyncProperty(
        modelDocument,
        fc.array(history, { minLength: 5, maxLength: 12 }),
        instants,
        async (document, histories, { days, halfLives }) => {
          const model = compileModel(document);
          const at = Math.round(daysAgo(-days));
          const landmark = Math.max(at, now) - halfLives * Math.min(model.halfLives.bond, model.halfLives.mood);
          const found = await inSql(model, histories, { landmark, at });
          for (const [index, evidence] of histories.entries()) expectSame(found[index]!, inMemory(model, evidence, at));
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  }, 60_000);

  it('count purchases and channels, and know nothing of a customer without evidence', async () => {
    const model = compileModel(aModelDocument());
    const histories = [[], [anEvidence({ purchase: {} }), anEvidence({ activityId: 'a-2', channel: 'web' })]];
    const [nobody, somebody] = await inSql(model, histories, { landmark: now, at: now });
    expect(nobody).toMatchObject({ overall: null, channels: [], 'channels.count': 0, 'purchases.count': 0 });
    expect(somebody).toMatchObject({ channels: ['web', 'store'], 'channels.count': 2, 'purchases.count': 1 });
  });

  it('have a column for every field of a rule over customers, but for the audience', () => {
    const rows = { modelId: 1, model: compileModel(aModelDocument()), landmarkMs: now, latestMs: now };
    const { columnOf } = scoreExpressions(rows, now);
    const without = Object.values(customerFieldGroups)
      .flat()
      .filter(({ name }) => columnOf(name) === undefined);
    expect(without.map(({ name }) => name)).toEqual(['audience']);
  });
});
