import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Contribution, Evidence } from '../src/index.ts';
import { compileModel, explain, fold, read, scoresAt, settle } from '../src/index.ts';
import { aModelDocument, anActivity, anEvidence, aReason, aRule, aSignal, daysAgo, now } from '../src/testing/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const model = compileModel(aModelDocument());

/** The rows of the table with this first heading, without alignment spaces. */
function rowsOf(heading: string): string[] {
  const [, table = ''] = readme.split(`| ${heading} `);
  const [, , ...rows] = (table.split('\n\n')[0] ?? '').split('\n');
  return rows.map((row) => row.replaceAll(/ +/g, ' '));
}

const rounded = (value: number) => String(Number(value.toFixed(2)));
const daysBefore = ({ at }: Contribution) => (now - at) / 86_400_000;
const scoresOf = (evidence: readonly Evidence[]) => scoresAt(model, fold(model, evidence), now);

describe('the worked example of the README', () => {
  const kept = anEvidence({ at: daysAgo(180), signals: [aSignal({ weight: 2, valence: 1 })] });
  const broken = anEvidence({
    activityId: 'a-2',
    name: 'promise.broken',
    signals: [aSignal({ weight: 3, valence: 0 })],
  });

  it('has the contributions to trust', () => {
    const { contributions } = explain(model, [kept, broken], { element: 'trust', scale: 'bond', at: now });
    const rows = contributions.map(
      (one) => `| ${one.name} | ${daysBefore(one)} | ${one.weight} | ${one.valence} | ${one.contribution} |`,
    );
    expect(rowsOf('trust, bond')).toEqual(rows);
  });

  it('has bond, confidence, mood and overall', () => {
    const { overall, elements } = scoresOf([kept, broken]);
    const { bond, confidence, mood } = elements.trust;
    expect(readme).toContain(`= **${bond}**`);
    expect(readme).toContain(`confidence is 4 / 8 = **${confidence}**`);
    expect(readme).toContain(`forgotten the kept promise: **${rounded(mood ?? 0)}**`);
    expect(readme).toContain(`overall is **${rounded(overall ?? 0)}**`);
  });

  it('has the spread between channels', () => {
    const inStore = anEvidence({ signals: [aSignal({ weight: 12, valence: 1 })] });
    const onTheWeb = anEvidence({ activityId: 'a-2', channel: 'web', signals: [aSignal({ weight: 12, valence: 0 })] });
    const evidence = [inStore, onTheWeb];
    const { contributions } = explain(model, evidence, { element: 'coherence', scale: 'bond', at: now });
    const rows = contributions.map(
      (one) => `| ${one.name} | ${one.weight} | ${one.valence} | ${rounded(one.contribution)} |`,
    );
    expect(rowsOf('coherence, bond')).toEqual(rows);
    expect(readme).toContain(`The score is **${rounded(scoresOf(evidence).elements.coherence.bond ?? 0)}**`);
  });

  it('has the silence since the last purchase', () => {
    const rhythm = { shape: 1, rateDays: 15, elements: { value: 2 }, valence: 0, because: aReason('It is silent.') };
    const silent = compileModel(aModelDocument({ purchases: { activities: ['order.completed'] }, rhythm }));
    const bought = [45, 30].map((days) =>
      anEvidence({ activityId: `o-${days}`, at: daysAgo(days), signals: [], purchase: {} }),
    );
    const { contributions } = explain(silent, bought, { element: 'value', scale: 'bond', at: now });
    const rows = contributions.map(({ name, weight, contribution, silence }) => {
      const { purchases, usualDays, silentDays, chance } = silence ?? { purchases: 0 };
      return `| ${name} | ${purchases} | ${usualDays} | ${silentDays} | ${rounded(chance ?? 0)} | ${rounded(weight)} | ${rounded(contribution)} |`;
    });
    expect(rowsOf('value, silent')).toEqual(rows);
  });

  it('has amounts relative to the usual one', () => {
    const purchase = (amount: number) => anEvidence({ activityId: `p-${amount}`, signals: [], purchase: { amount } });
    const paid = (name: string, amount: number, valence: number) =>
      anEvidence({ activityId: name, name, signals: [aSignal({ element: 'value', amount, valence })] });
    const evidence = [purchase(10), purchase(30), paid('order.completed', 40, 1), paid('order.refunded', 10, 0)];
    const { contributions } = explain(model, evidence, { element: 'value', scale: 'bond', at: now });
    const amountOf = (id: string) => evidence.find(({ activityId }) => activityId === id)?.signals[0]?.amount;
    const rows = contributions.map(
      (one) =>
        `| ${one.name} | ${amountOf(one.activityId)} | ${one.weight} | ${one.valence} | ${rounded(one.contribution)} |`,
    );
    expect(rowsOf('value, bond')).toEqual(rows);
  });

  it('has an order that is told three times', () => {
    const rule = aRule({ oncePer: { property: 'order_id' }, signals: [{ element: 'value', weight: 1, valence: 1 }] });
    const wary = compileModel(aModelDocument({ rules: [rule], trustOf: { page: 0.5 } }));
    const told = ([0, 5, 60] as const).map((seconds) =>
      read(
        wary,
        anActivity({
          activityId: `${seconds} s`,
          at: daysAgo(1) + seconds * 1000,
          vouchedBy: seconds === 0 ? 'page' : 'secret',
          properties: { order_id: 'o-1' },
        }),
      ),
    );
    const rows = settle(wary, told).map(({ activityId, vouchedBy, signals: [signal] }) => {
      const counts = signal?.counts === false ? 'no' : 'yes';
      return `| ${vouchedBy === 'page' ? 'page' : 'server'} | ${activityId} | ${counts} | ${signal?.weight} |`;
    });
    expect(rowsOf('order o-1 told by')).toEqual(rows);
    expect(explain(wary, told, { element: 'value', scale: 'bond', at: now }).contributions).toHaveLength(1);
  });
});
