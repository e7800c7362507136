import { elements } from '@sestante/engagement';
import { decimals, table } from './markdown.ts';
import type { Distribution, ScoreFigures } from './measure-scores.ts';

/** The distribution of overall and of the bond of each element, for each model. */
export function elementsSection(models: readonly ScoreFigures[]): string {
  return `## Distribution of the scores

The bond of each element, over the households with evidence for it. Receipts and coupons say nothing about elements without households.

${models.map(distributions).join('\n\n')}
`;
}

function distributions({ model, overall, elements: ofElement }: ScoreFigures): string {
  const heading = [model.version, 'households', 'p5', 'p25', 'p50', 'p75', 'p95', 'confidence, p50'];
  const row = (name: string, { count, ...quantiles }: Distribution, confidence: string) => {
    const { p5, p25, p50, p75, p95 } = quantiles;
    return [name, String(count), ...[p5, p25, p50, p75, p95].map((score) => decimals(score, 1)), confidence];
  };
  return table([
    heading,
    row('overall', overall, '–'),
    ...elements.map((element) => row(element, ofElement[element], decimals(ofElement[element].confidence, 2))),
  ]);
}
