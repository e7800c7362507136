import { type Element, elements, type Explanation } from '@sestante/engagement';
import { count } from '../sestante/status-line.ts';
import { dayOf, decimals, signed, table } from './markdown.ts';
import type { ScoreFigures } from './measure-scores.ts';
import { explanationOf } from './reasons.ts';
import type { ScoredHousehold } from './score-households.ts';
import { mostMissed } from './silent-households.ts';

const shownContributions = 5;

/** The scores of one household under each model, explained: groups first, then the largest single contributions. */
export function explanationSection(models: readonly ScoreFigures[], household: string | undefined): string {
  const id = household ?? mostMissed(models[0]?.scored ?? [])?.id ?? '';
  const parts = models.flatMap((figures) => {
    const found = figures.scored.find((one) => one.id === id);
    return found ? [explained(figures, found)] : [];
  });
  return `## Household ${id}, explained\n\nThe groups of each bond add up to the score, and so do the single contributions, of which the largest are shown.\n\n${parts.join('\n\n')}\n`;
}

function explained({ model }: ScoreFigures, household: ScoredHousehold): string {
  const { scores, activities } = household;
  const parts = elements.flatMap((element) => {
    const explanation = explanationOf(model, household, { element, scale: 'bond' });
    return explanation.score === null ? [] : [elementOf(element, explanation, scores.elements[element].drop)];
  });
  const title = `### ${model.version}: overall ${decimals(scores.overall, 1)}, from ${count(activities.length)} activities`;
  return [title, ...parts].join('\n\n');
}

function elementOf(element: Element, { base, score, groups, contributions }: Explanation, drop: number | null): string {
  const ofGroups = groups.map(({ name, count: size, contribution, because }) => {
    return [`${size} × ${name}`, signed(contribution), because?.en ?? '–'];
  });
  const single = contributions.slice(0, shownContributions).map(({ name, at, weight, valence, contribution }) => {
    return [name, dayOf(at), decimals(weight, 2), decimals(valence, 2), signed(contribution, 2)];
  });
  return [
    `**${element}**: base ${decimals(base, 1)}, score ${decimals(score, 1)}, drop ${decimals(drop, 1)}.`,
    table([[element, 'points', 'because'], ...ofGroups]),
    table([['contribution', 'on', 'weight', 'valence', 'points'], ...single]),
  ].join('\n\n');
}
