import { decimals, table } from './markdown.ts';
import type { ScoreFigures } from './measure-scores.ts';
import type { SplitFigures } from './measure-stops.ts';

/** The figures of one variant: the scores under each model, and who stops in the held-out weeks. */
export interface VariantFigures {
  readonly name: string;
  readonly models: readonly ScoreFigures[];
  readonly heldOut: SplitFigures;
}

/** What the models show where a shop knows less, or sells more seldom. */
export function variantsSection(variants: readonly VariantFigures[]): string {
  const rows = variants.flatMap(({ name, models, heldOut }) => {
    const firstModel = heldOut.predictors.length - models.length;
    return models.map(({ model, valueByBaskets, valueByRelevance, overall: { p5, p95 } }, index) => [
      name,
      model.version,
      decimals(valueByBaskets, 2),
      decimals(valueByRelevance, 2),
      decimals(p95 - p5, 1),
      decimals(heldOut.predictors[firstModel + index]?.auc, 3),
      decimals(heldOut.predictors[0]?.auc, 3),
    ]);
  });
  return `## If the shop knew less

The same households as another shop might know them, under the same models. Parameters of the scores were chosen on the data as
they are. The rhythm of a shop with rarer purchases should be fitted to it (\`--fit\`), which is not done here.

${table([
  [
    'households',
    'model',
    'value by baskets',
    'value by relevance',
    'overall p95 − p5',
    'AUC, held out',
    'AUC of frequency',
  ],
  ...rows,
])}
`;
}
