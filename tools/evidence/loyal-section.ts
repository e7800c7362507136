import type { Loyalty } from '@sestante/engagement';
import { decimals, percentage, table } from './markdown.ts';
import type { ScoreFigures } from './measure-scores.ts';
import type { ScoredHousehold } from './score-households.ts';
import { mostMissed } from './silent-households.ts';

/** The share of the loyal households under each model, its definition, and the share that each condition lets pass. */
export function loyalSection(models: readonly ScoreFigures[]): string {
  return `## Loyal

Experience says that 12 to 15 % of the customers of a store are truly loyal to it.

${models.map(definition).join('\n\n')}
`;
}

/** The share of the loyal households; undefined if the model has no definition. */
export function loyalShare({ scored }: ScoreFigures): number | undefined {
  const known = scored.flatMap(({ loyalty }) => (loyalty === null ? [] : [loyalty]));
  return known.length === 0 ? undefined : known.filter(({ isLoyal }) => isLoyal).length / known.length;
}

function definition(figures: ScoreFigures): string {
  const { model, scored } = figures;
  const share = loyalShare(figures);
  if (share === undefined) return `**${model.version}** has no definition of loyal.`;
  const loyalties = scored.map(({ loyalty }) => loyalty!);
  const missed = mostMissed(scored);
  const rows = loyalties[0]!.conditions.map(({ place, rule }, index) => {
    const holding = loyalties.filter(({ conditions }) => conditions[index]!.holds).length;
    const own = missed === undefined ? '' : valuesOf(missed, index);
    return [`\`${place}\``, `\`${JSON.stringify(rule)}\``, percentage(holding / scored.length), own];
  });
  return [
    `**${model.version}**: ${percentage(share)} are loyal. ${loyalties[0]!.because.en} All of these conditions hold:`,
    table([['place', 'condition', 'holds for', `household ${missed?.id ?? ''}`], ...rows]),
  ].join('\n\n');
}

function valuesOf({ loyalty }: ScoredHousehold, index: number): string {
  const { holds, values } = (loyalty as Loyalty).conditions[index]!;
  const written = Object.entries(values).map(([field, value]) => {
    return `${field} ${typeof value === 'number' ? decimals(value, 2) : 'unknown'}`;
  });
  return `${holds ? 'holds' : 'does not hold'}: ${written.join(', ')}`;
}
