import { decimals, table } from './markdown.ts';
import { largestDrop, type ScoreFigures } from './measure-scores.ts';
import type { ScoredHousehold } from './score-households.ts';
import { frequent, mostSilent, silentDays } from './silent-households.ts';
import { reasonOf } from './reasons.ts';

/** The drops of the most silent of the frequent households under each model. */
export function silenceSection(models: readonly ScoreFigures[]): string {
  return `## The most silent of the frequent households

Frequent: ${frequent}. The drop is the largest of the six elements, in points; its reason is what lowers the mood of this element most.

${models.map(drops).join('\n\n')}
`;
}

function drops({ model, scored }: ScoreFigures): string {
  const rows = mostSilent(scored).map((household) => [
    household.id,
    String(household.baskets.length),
    decimals(silentDays(household), 1),
    decimals(household.scores.overall, 1),
    ...dropOf(model, household),
  ]);
  return table([[`${model.version}: household`, 'baskets', 'days of silence', 'overall', 'drop', 'reason'], ...rows]);
}

function dropOf(model: ScoreFigures['model'], household: ScoredHousehold): [drop: string, reason: string] {
  const largest = largestDrop(household);
  if (largest === undefined) return ['none', '–'];
  return [`${largest.element} ${decimals(largest.drop, 1)}`, reasonOf(model, household, largest.element)];
}
