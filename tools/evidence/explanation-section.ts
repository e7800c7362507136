import { elements } from '@sestante/engagement';
import { count } from '../sestante/status-line.ts';
import { dayOf, decimals, signed, table } from './markdown.ts';
import type { ScoreFigures } from './measure-scores.ts';
import { explanationOf, groupsOf } from './reasons.ts';
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
  return `## Household ${id}, explained\n\n${parts.join('\n\n')}\n`;
}

function explained({ model }: ScoreFigures, household: ScoredHousehold): string {
  const { scores, activities } = household;
  const parts = elements.flatMap((element) => {
    const explanation = explanationOf(model, household, { element, scale: 'bond' });
    if (explanation.score === null) return [];
    const { base, score, contributions } = explanation;
    const title = `**${element}**: base ${decimals(base, 1)}, score ${decimals(score, 1)}, drop ${decimals(scores.elements[element].drop, 1)}.`;
    const groups = groupsOf(contributions).map((group) => {
      return `${count(group.count)} × ${group.name} ${signed(group.contribution)}`;
    });
    const single = contributions.slice(0, shownContributions).map(({ name, at, weight, valence, contribution }) => {
      return [name, dayOf(at), decimals(weight, 3), decimals(valence, 2), signed(contribution, 2)];
    });
    const largest = table([['contribution', 'on', 'weight', 'valence', 'points'], ...single]);
    return [`${title} ${groups.join(', ')}.\n\n${largest}`];
  });
  return [
    `### ${model.version}: overall ${decimals(scores.overall, 1)}, from ${count(activities.length)} activities`,
    ...parts,
  ].join('\n\n');
}
