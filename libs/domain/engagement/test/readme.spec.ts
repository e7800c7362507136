import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Contribution, Evidence } from '../src/index.ts';
import { compileModel, explain, fold, scoresAt } from '../src/index.ts';
import { aModelDocument, anEvidence, aSignal, daysAgo, now } from '../src/testing/index.ts';

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
});
