import { decimals, percentage, table } from './markdown.ts';
import { largestDrop, type ScoreFigures } from './measure-scores.ts';
import { loyalShare } from './loyal-section.ts';
import type { SplitFigures } from './measure-stops.ts';
import { mostSilent } from './silent-households.ts';

/** In points. */
const noticeableDrop = 1;

type Row = readonly [question: string, target: string, valueOf: (figures: ScoreFigures, index: number) => string];

/** What a convincing model must show, for each model. */
export function summarySection(models: readonly ScoreFigures[], heldOut: SplitFigures): string {
  const firstModel = heldOut.predictors.length - models.length;
  const rows: readonly Row[] = [
    ['rank correlation of value with the number of baskets', '≤ 0.7', (one) => decimals(one.valueByBaskets, 2)],
    ['rank correlation of value with relevance', '≤ 0.8', (one) => decimals(one.valueByRelevance, 2)],
    ['overall, 5th to 95th percentile', '≥ 12 points', ({ overall }) => rangeOf(overall)],
    [
      'AUC of overall for a stop, held out',
      '≥ 0.80',
      (_, index) => decimals(heldOut.predictors[firstModel + index]?.auc, 3),
    ],
    ['loyal households', 'beside 12 to 15 %', loyalOf],
    [
      `the most silent of the frequent households with a drop of at least ${noticeableDrop} point`,
      '10 of 10',
      ({ scored }) => dropsOf(scored),
    ],
  ];
  return table([
    ['', 'target', ...models.map(({ model }) => model.version)],
    ...rows.map(([question, target, valueOf]) => [question, target, ...models.map(valueOf)]),
  ]);
}

function loyalOf(figures: ScoreFigures): string {
  const share = loyalShare(figures);
  return share === undefined ? 'no definition' : percentage(share);
}

const rangeOf = ({ p5, p95 }: ScoreFigures['overall']) =>
  `${decimals(p5, 1)} to ${decimals(p95, 1)}: ${decimals(p95 - p5, 1)} points`;

function dropsOf(scored: ScoreFigures['scored']): string {
  const silent = mostSilent(scored);
  return `${silent.filter((household) => (largestDrop(household)?.drop ?? 0) >= noticeableDrop).length} of ${silent.length}`;
}
